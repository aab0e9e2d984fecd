package dev.livedub.orchestrator.egress;

import dev.livedub.core.time.Ticker;
import dev.livedub.core.worker.FoundWorker;
import dev.livedub.core.worker.WorkerHost;
import dev.livedub.orchestrator.api.EgressView;
import dev.livedub.orchestrator.config.EgressTarget;
import dev.livedub.orchestrator.metrics.EgressMeters;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every stream's destinations supplied while it is on air: a forwarder for each of them,
 * started again when it fails, so that what becomes of one concerns neither another nor the dub.
 *
 * <p><b>Threading:</b> any thread; no method blocks. {@link #views} shows at once what has been
 * said before.
 */
public final class EgressSupervisor implements AutoCloseable {

  private final WorkerHost host;
  private final BiFunction<String, String, EgressMeters> meters;
  private final EgressLoop loop;
  private final Ticker ticker;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<String, Map<String, EgressSlot>> streams = new ConcurrentHashMap<>();
  private boolean closed;

  /**
   * A supervisor with a thread of its own, {@code egress}.
   *
   * @param host runs the forwarders; not closed by this
   * @param meters those of a destination, by stream and name
   * @param random need not be safe for threads
   */
  public EgressSupervisor(
      WorkerHost host, BiFunction<String, String, EgressMeters> meters, RandomGenerator random) {
    this(host, meters, new ThreadLoop(), Ticker.SYSTEM, InstantSource.system(), random);
  }

  EgressSupervisor(
      WorkerHost host,
      BiFunction<String, String, EgressMeters> meters,
      EgressLoop loop,
      Ticker ticker,
      InstantSource clock,
      RandomGenerator random) {
    this.host = host;
    this.meters = meters;
    this.loop = loop;
    this.ticker = ticker;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A stream's dub is on air, or about to be: forward it to these destinations and to no others.
   * Says nothing new if it says what holds. A run with another name begins with all destinations
   * switched on and past failures forgotten.
   *
   * @param inputUrl where the dub is pulled from
   */
  public synchronized void begin(
      String streamId, String runId, String inputUrl, List<EgressTarget> targets) {
    if (closed) {
      return;
    }
    Map<String, EgressSlot> slots = streams.computeIfAbsent(streamId, id -> new LinkedHashMap<>());
    for (EgressTarget target : targets) {
      slots
          .computeIfAbsent(target.name(), name -> slot(streamId, target))
          .tell(machine -> machine.begin(new EgressRun(streamId, runId, inputUrl, target)));
    }
    List<String> named = targets.stream().map(EgressTarget::name).toList();
    slots.forEach(
        (name, slot) -> {
          if (!named.contains(name)) {
            slot.tell(machine -> machine.end("no longer a destination"));
          }
        });
    slots.entrySet().removeIf(each -> !named.contains(each.getKey()) && each.getValue().isAtRest());
  }

  /** A stream is off air: its forwarders end within 5 s. Without effect if it was. */
  public synchronized void end(String streamId, String reason) {
    slots(streamId).values().forEach(slot -> slot.tell(machine -> machine.end(reason)));
  }

  /**
   * Switches one destination of a stream that is on air, for as long as its run lasts. Switching on
   * one that has failed tries it anew.
   *
   * @return whether there is such a destination
   */
  public synchronized boolean switchTo(String streamId, String name, boolean on) {
    EgressSlot slot = slots(streamId).get(name);
    if (slot != null) {
      slot.tell(machine -> machine.switchTo(on));
    }
    return slot != null;
  }

  /** A stream's destinations, in the order of the configuration; none before its first run. */
  public synchronized List<EgressView> views(String streamId) {
    return slots(streamId).values().stream().map(EgressSlot::view).toList();
  }

  /**
   * Takes over a forwarder that an earlier process left on air. The next {@link #begin} with its
   * run keeps it; with another run it is replaced; if none comes for a minute, it is ended.
   *
   * @throws IllegalArgumentException if it is not a forwarder
   */
  public synchronized void adopt(FoundWorker found) {
    String streamId = found.task().streamId();
    String name =
        found
            .task()
            .egress()
            .orElseThrow(() -> new IllegalArgumentException(found.task() + " is no egress"));
    Map<String, EgressSlot> slots = streams.computeIfAbsent(streamId, id -> new LinkedHashMap<>());
    // Its address is not known before its run is claimed.
    EgressSlot slot = slots.computeIfAbsent(name, id -> slot(streamId, new EgressTarget(name, "")));
    if (!slot.adopt(found)) {
      throw new IllegalStateException(found.task() + " was adopted twice, or after it was started");
    }
  }

  /** Forgets a stream that is off air; false if something of it is still there. */
  public synchronized boolean forget(String streamId) {
    if (!slots(streamId).values().stream().allMatch(EgressSlot::isAtRest)) {
      return false;
    }
    streams.remove(streamId);
    return true;
  }

  /** Asks all forwarders to end, and starts none any more. Idempotent. */
  @Override
  public synchronized void close() {
    closed = true;
    streams.keySet().forEach(streamId -> end(streamId, "the orchestrator is ending"));
    loop.close();
  }

  private EgressSlot slot(String streamId, EgressTarget target) {
    EgressMeters own = meters.apply(streamId, target.name());
    return new EgressSlot(streamId, target, host, own, loop, ticker, clock, random);
  }

  private Map<String, EgressSlot> slots(String streamId) {
    @Nullable Map<String, EgressSlot> known = streams.get(streamId);
    return known == null ? Map.of() : known;
  }
}
