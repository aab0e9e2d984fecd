package dev.livedub.orchestrator.lifecycle;

import dev.livedub.core.time.Ticker;
import dev.livedub.orchestrator.api.StreamView;
import dev.livedub.orchestrator.mediamtx.MediaMtxApi;
import dev.livedub.orchestrator.mediamtx.MediaMtxPaths;
import dev.livedub.orchestrator.mediamtx.ObservedPath;
import dev.livedub.orchestrator.metrics.OrchestratorMeters;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks MediaMTX every 10 s, and at the start, what is published, and tells the streams, so that a
 * hook that was lost heals itself. While MediaMTX does not answer, it is asked every second: until
 * it has answered, nobody knows that its streams can be pulled by RTMP, see {@link MediaMtxPaths}.
 *
 * <p><b>Threading:</b> a thread of its own, {@code reconcile}.
 */
public final class Reconciler implements AutoCloseable {

  /** How often MediaMTX is asked. */
  public static final Duration PERIOD = Duration.ofSeconds(10);

  private static final Duration PERIOD_UNANSWERED = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  private final StreamRegistry registry;
  private final MediaMtxApi api;
  private final MediaMtxPaths paths;
  private final OrchestratorMeters meters;
  private final Ticker ticker;
  private final Duration period;
  private final Thread thread = new Thread(this::work, "reconcile");
  private boolean answered;
  private boolean complained;

  /**
   * A reconciler that has not begun.
   *
   * @param period how often MediaMTX is asked as long as it answers
   */
  public Reconciler(
      StreamRegistry registry,
      MediaMtxApi api,
      MediaMtxPaths paths,
      OrchestratorMeters meters,
      Ticker ticker,
      Duration period) {
    this.registry = registry;
    this.api = api;
    this.paths = paths;
    this.meters = meters;
    this.ticker = ticker;
    this.period = period;
    thread.setDaemon(true);
  }

  /** Asks at once, and again and again. */
  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        reconcileQuietly();
        boolean soon = !answered && PERIOD_UNANSWERED.compareTo(period) < 0;
        TimeUnit.NANOSECONDS.sleep((soon ? PERIOD_UNANSWERED : period).toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A fault must not end what heals faults. */
  private void reconcileQuietly() throws InterruptedException {
    try {
      reconcile();
    } catch (RuntimeException e) {
      fault(e);
    }
  }

  private void reconcile() throws InterruptedException {
    long askedMillis = TimeUnit.NANOSECONDS.toMillis(ticker.nanos());
    List<ObservedPath> ingests;
    try {
      ingests = api.ingests();
    } catch (IOException e) {
      complain(e);
      return;
    }
    praise();
    Map<String, ObservedPath> byStream =
        ingests.stream()
            .collect(Collectors.toMap(ObservedPath::streamId, Function.identity(), (a, b) -> a));
    for (StreamView stream : registry.streams()) {
      if (!byStream.containsKey(stream.streamId())) {
        tell(stream.streamId(), Optional.empty(), askedMillis);
      }
    }
    for (ObservedPath path : byStream.values()) {
      tell(path.streamId(), Optional.of(publisherOf(path)), askedMillis);
    }
  }

  /** The query is asked for only where it may matter. */
  private Publisher publisherOf(ObservedPath path) throws InterruptedException {
    String query = "";
    boolean known = registry.stream(path.streamId()).filter(Reconciler::isPlanned).isPresent();
    if (!known) {
      try {
        query = api.queryOf(path);
      } catch (IOException e) {
        LOG.atDebug().setCause(e).log("the publisher's query is not known");
      }
    }
    return new Publisher(path.sourceId(), path.sourceType(), query);
  }

  /** Whether it is in a run that began with a publisher, not with a worker that was found. */
  private static boolean isPlanned(StreamView view) {
    return !view.runId().isEmpty() && !view.sourceType().isEmpty();
  }

  private void tell(String streamId, Optional<Publisher> publisher, long askedMillis) {
    try {
      var unused =
          registry
              .tell(streamId, new StreamInput.Observed(publisher, askedMillis))
              .thenAccept(answer -> note(streamId, answer));
    } catch (RuntimeException e) {
      fault(e); // of one stream; the others are told all the same
    }
  }

  private static void fault(RuntimeException fault) {
    LOG.atError()
        .addKeyValue("event", LifecycleEvent.FAULT.label())
        .setCause(fault)
        .log("a fault of livedub");
  }

  private void note(String streamId, StreamController.Answer answer) {
    Outcome outcome = answer.outcome();
    String label =
        switch (outcome) {
          case DUPLICATE, STALE, HELD, QUEUED -> "agreed";
          case MAX_WORKERS, DRAINING -> "refused";
          case STARTED, KEPT, GRACE, STOPPED -> outcome.label();
        };
    meters.reconciled(label);
    if (!label.equals("agreed")) {
      LOG.atWarn()
          .addKeyValue("event", LifecycleEvent.RECONCILED.label())
          .addKeyValue("streamId", streamId)
          .addKeyValue("runId", answer.view().runId())
          .addKeyValue("outcome", label)
          .log("MediaMTX says otherwise than the hooks: {}", label);
    }
  }

  private void complain(IOException failure) {
    meters.reconciled("unreachable");
    if (!complained) {
      complained = true;
      answered = false;
      LOG.atWarn()
          .addKeyValue("event", LifecycleEvent.MEDIAMTX_UNREACHABLE.label())
          .addKeyValue("address", api.shownAddress())
          .log("MediaMTX's API cannot be asked; hooks alone count: {}", failure.toString());
    }
  }

  private void praise() {
    if (!answered) {
      paths.confirm();
      answered = true;
      complained = false;
      LOG.atInfo()
          .addKeyValue("event", LifecycleEvent.MEDIAMTX_REACHABLE.label())
          .addKeyValue("address", api.shownAddress())
          .log("MediaMTX's API answers");
    }
  }
}
