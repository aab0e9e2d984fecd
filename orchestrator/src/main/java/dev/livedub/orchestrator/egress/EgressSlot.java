package dev.livedub.orchestrator.egress;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.time.Ticker;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.FoundWorker;
import dev.livedub.core.worker.HostedWorker;
import dev.livedub.core.worker.HostedWorkerListener;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerHost;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.orchestrator.api.EgressView;
import dev.livedub.orchestrator.config.EgressTarget;
import dev.livedub.orchestrator.metrics.EgressError;
import dev.livedub.orchestrator.metrics.EgressMeters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One destination's machine with its surroundings. The machine is asked under a lock that is held
 * for a moment; what it wants done is done by the loop, in order and without the lock, so that the
 * host may call back from wherever it likes.
 *
 * <p><b>Threading:</b> any thread.
 */
final class EgressSlot {

  private static final Logger LOG = LoggerFactory.getLogger(EgressSlot.class);

  private final String streamId;
  private final WorkerHost host;
  private final EgressMeters meters;
  private final EgressLoop loop;
  private final EgressMachine machine;

  /** Belongs to the loop. */
  private @Nullable HostedWorker hosted;

  EgressSlot(
      String streamId,
      EgressTarget target,
      WorkerHost host,
      EgressMeters meters,
      EgressLoop loop,
      Ticker ticker,
      InstantSource clock,
      RandomGenerator random) {
    this.streamId = streamId;
    this.host = host;
    this.meters = meters;
    this.loop = loop;
    this.machine = new EgressMachine(target, new Effects(), ticker, clock, random);
  }

  synchronized EgressView view() {
    return machine.view();
  }

  synchronized boolean isAtRest() {
    return machine.isAtRest();
  }

  synchronized void tell(Consumer<EgressMachine> word) {
    word.accept(machine);
  }

  /** Takes over a forwarder, unless there is one. */
  synchronized boolean adopt(FoundWorker found) {
    if (!machine.adopt(found.runId())) {
      return false;
    }
    long number = machine.worker();
    loop.execute(() -> begin(number, () -> found.adopt(new Listener(number))));
    return true;
  }

  private void begin(long number, Supplier<HostedWorker> beginning) {
    try {
      hosted = beginning.get();
    } catch (RuntimeException e) {
      hosted = null;
      LOG.atError()
          .addKeyValue("event", "egress_failed")
          .addKeyValue("streamId", streamId)
          .setCause(e)
          .log("the host failed to begin a forwarder");
      WorkerExit exit = new WorkerExit(ExitCode.INTERNAL, "the host failed: " + e);
      tell(known -> known.exited(number, exit));
    }
  }

  /** Does what the machine wants; called under the lock. */
  private final class Effects implements EgressEffects {

    @Override
    public void start(long worker, EgressRun run) {
      loop.execute(() -> begin(worker, () -> host.start(run.order(), new Listener(worker))));
    }

    @Override
    public void stop(long worker, String reason) {
      loop.execute(
          () -> {
            HostedWorker running = hosted;
            if (running != null) {
              running.stop(reason);
            }
          });
    }

    @Override
    public void wake(long alarm, Duration delay) {
      loop.after(delay, () -> tell(known -> known.alarm(alarm)));
    }

    @Override
    public void retried(EgressError error) {
      meters.retried(error, 1);
    }

    @Override
    public void changed() {
      EgressView view = machine.view();
      meters.forwarding(view.state() == EgressView.State.FORWARDING);
      (view.state() == EgressView.State.FAILED ? LOG.atError() : LOG.atInfo())
          .addKeyValue("event", "egress_state")
          .addKeyValue("streamId", streamId)
          .addKeyValue("runId", machine.runId())
          .addKeyValue("name", view.name())
          .addKeyValue("target", view.target())
          .addKeyValue("to", view.state().name())
          .log(view.reason());
    }
  }

  /** Hears of one forwarder. */
  private final class Listener implements HostedWorkerListener {

    private final long number;

    Listener(long number) {
      this.number = number;
    }

    @Override
    public void onStatus(WorkerStatus status) {
      tell(known -> known.status(number, status));
    }

    @Override
    public void onExit(WorkerExit exit) {
      tell(known -> known.exited(number, exit));
    }

    @Override
    public MeterSink meters() {
      return meters.ofWorker();
    }

    @Override
    public void onCaption(Caption caption) {}
  }
}
