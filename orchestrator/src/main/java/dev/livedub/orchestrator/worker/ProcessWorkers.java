package dev.livedub.orchestrator.worker;

import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.FoundWorker;
import dev.livedub.core.worker.HostedWorker;
import dev.livedub.core.worker.HostedWorkerListener;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerHost;
import dev.livedub.core.worker.WorkerOrder;
import dev.livedub.core.worker.WorkerTask;
import dev.livedub.orchestrator.worker.WorkerMessage.Hello;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each worker in a process of its own, which lives on if this one is killed and is taken over
 * by the next one that uses the same directory.
 *
 * <p><b>Threading:</b> as the port says; everything happens on the thread {@code worker-host}.
 *
 * <p><b>Ownership:</b> its processes; not the state directory.
 */
public final class ProcessWorkers implements WorkerHost {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessWorkers.class);

  /** For the system to take what was killed away. */
  private static final Duration REAP = Duration.ofSeconds(3);

  static final String REPLACED = "a newer order waits for its task";
  private static final int READ_TRIES = 10;
  private static final Duration READ_PAUSE = Duration.ofMillis(20);

  private final StateDir state;
  private final HostLimits limits;
  private final Wire wire = new Wire();
  private final String protocol = wire.protocol();
  private final HostLoop loop = new HostLoop("worker-host", this::tick);
  private final WorkerSpawner spawner;
  private final WorkerDoor door;
  private final List<FoundWorker> recovered;
  private final List<HostedProcess> hosted = new ArrayList<>();
  private final List<FoundProcess> found = new ArrayList<>();
  private final Map<LineChannel, HostedProcess> peers = new HashMap<>();
  private final Map<LineChannel, Hello> unclear = new LinkedHashMap<>();
  private final CompletableFuture<Boolean> drained = new CompletableFuture<>();
  private boolean closing;

  /**
   * A host that listens to its workers and has started none.
   *
   * @param command starts a worker's process
   * @param moreOptions further options of its JVM, asked for at each start
   * @throws IOException if the state directory cannot be read or listened in
   */
  public ProcessWorkers(
      StateDir state, JavaCommand command, Supplier<List<String>> moreOptions, HostLimits limits)
      throws IOException {
    this.state = state;
    this.limits = limits;
    this.spawner = new WorkerSpawner(state, command, moreOptions);
    // Before anybody can come in: a worker that nobody knows is told to end.
    find();
    this.recovered = List.copyOf(found);
    this.door = new WorkerDoor(loop, state.socket(), wire, new Door());
    loop.start();
  }

  @Override
  public HostedWorker start(WorkerOrder order, HostedWorkerListener listener) {
    HostedProcess worker = new HostedProcess(this, order, listener);
    if (drained.isDone()) {
      refuse(listener);
    } else {
      loop.execute(() -> begin(worker, listener));
    }
    return worker;
  }

  @Override
  public List<FoundWorker> recover() {
    return recovered;
  }

  @Override
  public void close() {
    if (loop.isCurrent()) {
      throw new IllegalStateException("a listener cannot close its host");
    }
    loop.execute(this::endAll);
    if (!isDrained(limits.stop().plus(limits.terminate()).plus(REAP))) {
      loop.execute(() -> List.copyOf(hosted).forEach(worker -> worker.kill("the host closes")));
      isDrained(REAP);
    }
    drained.complete(false);
    loop.execute(door::close);
    loop.execute(() -> List.copyOf(peers.keySet()).forEach(peer -> peer.close("the host closes")));
    loop.close();
    spawner.close();
  }

  void post(Runnable task) {
    loop.execute(task);
  }

  HostLimits limits() {
    return limits;
  }

  String protocol() {
    return protocol;
  }

  Leases leases() {
    return state.leases();
  }

  WorkerSpawner spawner() {
    return spawner;
  }

  /** The worker of the same task that has to end before this one begins. */
  Optional<HostedProcess> olderThan(HostedProcess worker) {
    return hosted.subList(0, hosted.indexOf(worker)).stream()
        .filter(other -> other.task().equals(worker.task()))
        .findFirst();
  }

  /** A worker has ended. */
  void forget(HostedProcess ended) {
    hosted.remove(ended);
    settleUnclear();
    if (closing && hosted.isEmpty()) {
      drained.complete(true);
    }
  }

  /** A worker that was found is taken over. */
  void onAdopted(FoundProcess was, HostedProcess adopted, ProcessIdentity holder) {
    found.remove(was);
    hosted.add(adopted);
    LineChannel open = was.connection();
    if (open != null) {
      peers.put(open, adopted);
    }
    adopted.adopt(holder, open, was.hello());
    if (closing) {
      adopted.stop("the orchestrator ends");
    }
  }

  /** It is known of one process more, or of none any more, whose it is. */
  void settleUnclear() {
    Map<LineChannel, Hello> introduced = new LinkedHashMap<>(unclear);
    unclear.clear();
    introduced.forEach(this::onHello);
  }

  private void begin(HostedProcess worker, HostedWorkerListener listener) {
    if (closing) {
      refuse(listener);
      return;
    }
    hosted.add(worker);
    found.stream()
        .filter(left -> left.task().equals(worker.task()))
        .forEach(left -> left.stop(REPLACED));
    worker.tick();
    if (hosted.contains(worker) && worker.isWaiting()) {
      HostEvent.LEASE_WAITED.on(LOG, worker.task()).log("an older worker has to end first");
    }
  }

  private void onHello(LineChannel from, Hello hello) {
    for (HostedProcess worker : hosted) {
      if (worker.isOf(hello)) {
        door.admit(from);
        peers.put(from, worker);
        worker.onHello(from, hello);
        return;
      }
    }
    for (FoundProcess left : found) {
      if (left.isOf(hello)) {
        door.admit(from);
        left.onHello(from, hello);
        if (hosted.stream().anyMatch(worker -> worker.task().equals(left.task()))) {
          left.stop(REPLACED);
        }
        return;
      }
    }
    if (hosted.stream().anyMatch(worker -> worker.mayBeOf(hello))) {
      door.admit(from);
      unclear.put(from, hello);
    } else {
      from.send(new HostMessage.Stop("nobody here knows this worker"));
    }
  }

  private static void refuse(HostedWorkerListener listener) {
    WorkerExit refused = new WorkerExit(ExitCode.INTERNAL, "the host of the workers is closed");
    new Thread(() -> listener.onExit(refused), "worker-host-closed").start();
  }

  private void tick() {
    door.tick();
    List.copyOf(hosted).forEach(HostedProcess::tick);
  }

  private void endAll() {
    closing = true;
    found.forEach(left -> left.stop("the orchestrator ends"));
    List.copyOf(hosted).forEach(worker -> worker.stop("the orchestrator ends"));
    if (hosted.isEmpty()) {
      drained.complete(true);
    }
  }

  private boolean isDrained(Duration patience) {
    try {
      return drained.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private void find() throws IOException {
    for (WorkerTask task : leases().heldByOthers()) {
      Optional<LeaseRecord> record = holder(task);
      record
          .flatMap(LeaseRecord::runId)
          .ifPresent(
              runId -> {
                ProcessIdentity holder = record.get().holder();
                HostEvent.WORKER_FOUND
                    .on(LOG, task)
                    .addKeyValue("runId", runId)
                    .addKeyValue("pid", holder.processId())
                    .log("an earlier orchestrator left it on air");
                found.add(new FoundProcess(this, task, runId, holder));
              });
    }
  }

  /** What a holder wrote, which may be writing it just now. */
  private Optional<LeaseRecord> holder(WorkerTask task) {
    Optional<LeaseRecord> record = leases().holder(task);
    for (int i = 1; record.isEmpty() && i < READ_TRIES && leases().isHeld(task); i++) {
      LockSupport.parkNanos(READ_PAUSE.toNanos());
      record = leases().holder(task);
    }
    return record;
  }

  /** Who comes in, and what they say. */
  private final class Door implements LineChannel.Listener {

    @Override
    public void onMessage(LineChannel from, WorkerMessage message) {
      HostedProcess known = peers.get(from);
      if (known != null && !(message instanceof Hello)) {
        known.onMessage(message);
      } else if (known == null && message instanceof Hello hello) {
        onHello(from, hello);
      } else {
        from.close("it says what it should not say now");
      }
    }

    @Override
    public void onClosed(LineChannel from, String why) {
      door.forget(from);
      unclear.remove(from);
      boolean isFound = found.stream().anyMatch(left -> left.hasLost(from));
      HostedProcess known = peers.remove(from);
      if (known != null) {
        known.onDisconnected(from, why);
      } else if (!isFound && !closing) {
        HostEvent.WORKER_REFUSED.on(LOG).log(why);
      }
    }
  }
}
