package dev.livedub.cli.demo;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.config.ConfigException;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.GeminiConfig;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.core.worker.WorkerHost;
import dev.livedub.orchestrator.Orchestrator;
import dev.livedub.orchestrator.api.ApiException;
import dev.livedub.orchestrator.api.StreamListener;
import dev.livedub.orchestrator.api.StreamState;
import dev.livedub.orchestrator.api.StreamView;
import dev.livedub.orchestrator.api.Streams;
import dev.livedub.orchestrator.config.HttpConfig;
import dev.livedub.orchestrator.config.MediaMtxConfig;
import dev.livedub.orchestrator.config.ServeConfig;
import dev.livedub.orchestrator.config.StreamPlan;
import dev.livedub.orchestrator.config.StreamPlans;
import dev.livedub.orchestrator.config.WorkersConfig;
import dev.livedub.orchestrator.worker.StateDir;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The orchestrator, as {@code livedub serve} would run it without MediaMTX's control API, with
 * workers as processes.
 *
 * <p><b>Threading:</b> opened and closed by one thread; asked by any.
 */
final class ControlRoom implements AutoCloseable {

  private static final String LANGUAGE = "es";
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String streamId;
  private final StateDir state;
  private final WorkerHost host;
  private final Orchestrator orchestrator;

  /**
   * Where everything is.
   *
   * @param rtsp of the server that streams are pulled from, without a slash at its end
   * @param rtmp of the server that dubs are published to
   * @param interpreter the Gemini simulator's address
   */
  record Places(String rtsp, String rtmp, String interpreter) {}

  private ControlRoom(String streamId, StateDir state, WorkerHost host, Orchestrator orchestrator) {
    this.streamId = streamId;
    this.state = state;
    this.host = host;
    this.orchestrator = orchestrator;
  }

  /**
   * Opens one.
   *
   * @param work a folder for its state
   * @param log what the workers log to
   */
  static ControlRoom open(
      String streamId, Places places, Duration delay, WorkerHosts hosts, Path work, Path log)
      throws IOException, DemoException {
    StateDir state = StateDir.open(work.resolve("state"));
    WorkerHost host = hosts.make(state, log);
    try {
      ServeConfig config =
          new ServeConfig(
              new HttpConfig("127.0.0.1", 0, Optional.empty(), Optional.empty(), Optional.empty()),
              new MediaMtxConfig(places.rtsp(), places.rtmp(), Optional.empty()),
              new WorkersConfig(WorkersConfig.Mode.PROCESS, 1, GRACE, state.path()),
              new Plans(places.interpreter(), delay));
      return new ControlRoom(streamId, state, host, Orchestrator.start(config, host));
    } catch (ConfigException e) {
      throw new DemoException("the orchestrator did not start", Optional.of(e));
    }
  }

  /** Where its HTTP API is. */
  URI url() {
    return URI.create("http://127.0.0.1:" + orchestrator.port());
  }

  /** The stream as it is now; empty before the first hook. */
  Optional<StreamView> view() {
    return orchestrator.streams().stream(streamId);
  }

  /** The worker's process; empty while there is none. */
  Optional<ProcessHandle> worker() {
    return view()
        .flatMap(
            view ->
                view.workerPid().isPresent()
                    ? ProcessHandle.of(view.workerPid().getAsLong())
                    : Optional.empty());
  }

  /**
   * Ends the worker cleanly.
   *
   * @return whether it has ended in time
   */
  boolean stop(Duration atMost) throws InterruptedException {
    CountDownLatch idle = new CountDownLatch(1);
    Streams.Watch watch;
    try {
      watch = orchestrator.streams().watch(streamId, new IdleWatcher(idle));
    } catch (ApiException e) {
      return true; // no hook came, so there is no worker
    }
    try {
      orchestrator.streams().stop(streamId);
      return idle.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      watch.close();
    }
  }

  /** Waits for the state in which there is no worker. */
  private record IdleWatcher(CountDownLatch idle) implements StreamListener {

    @Override
    public void onView(StreamView view) {
      if (view.state() == StreamState.IDLE) {
        idle.countDown();
      }
    }

    @Override
    public void onCaption(Caption caption) {}
  }

  @Override
  public void close() {
    orchestrator.close();
    host.close();
    state.close();
  }

  /** Every stream is translated by the simulator. */
  private record Plans(String interpreter, Duration delay) implements StreamPlans {

    @Override
    public StreamPlan planFor(String streamId, String query, String input, String output) {
      DubConfig usual =
          DubConfig.builder(streamId, input, List.of(output), TranslatorKind.GEMINI)
              .targetLang(LANGUAGE)
              .delay(delay)
              .patience(PATIENCE)
              .build();
      GeminiConfig gemini =
          new GeminiConfig(
              Optional.of(interpreter),
              GeminiConfig.DEFAULTS.model(),
              Optional.empty(),
              GeminiConfig.Budget.UNLIMITED,
              Optional.empty());
      return new StreamPlan(usual.with(gemini), List.of(), List.of());
    }

    @Override
    public Optional<String> languageFor(String streamId, String tag) {
      return Optional.of(tag);
    }
  }
}
