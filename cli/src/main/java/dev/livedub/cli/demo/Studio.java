package dev.livedub.cli.demo;

import dev.livedub.cli.demo.page.Channel;
import dev.livedub.cli.demo.page.DemoPage;
import dev.livedub.testkit.gemini.GeminiSim;
import dev.livedub.testkit.gemini.GeminiSimOptions;
import dev.livedub.testkit.rtsp.RelayPath;
import dev.livedub.testkit.rtsp.RtspRelay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everybody who takes part, on loopback:
 *
 * <pre>
 *   programme --RTSP--&gt; server --RTSP--&gt; worker --RTMP--&gt; destination
 *                         | hook           ^  \--WebSocket--&gt; interpreter (Gemini's simulator)
 *                         v                |
 *                      control room: orchestrator, starts and watches the worker
 *
 *   page: shows what goes in and what comes out, and what the orchestrator says
 * </pre>
 *
 * <p><b>Threading:</b> made and closed by one thread.
 */
final class Studio implements AutoCloseable {

  static final String STREAM = "demo";

  private static final Logger LOG = LoggerFactory.getLogger(Studio.class);
  private static final String INPUT = "live/" + STREAM + "/in";
  private static final String OUTPUT = "live/" + STREAM + "/out";
  private static final int PICTURES_KEPT = 100_000;

  /** After a lost session, up to 6 s of sound come again, half as fast again as they were said. */
  private static final GeminiSimOptions SERVICE =
      GeminiSimOptions.builder().pace(Duration.ofSeconds(7), Duration.ofMillis(1_500)).build();

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final DemoClock clock = DemoClock.start();
  private final RtspRelay server;
  private final GeminiSim interpreter;
  private final Destination destination;
  private final ControlRoom control;
  private final Hook hook;
  private final Mp4File source;
  private final Programme programme;
  private final DemoPage page;

  /**
   * Brings everybody together; nothing is published yet.
   *
   * @param results a folder that exists, for what stays
   * @param work a folder that exists, for what goes
   * @param board what is told, and shown on the page
   */
  Studio(DemoOptions options, WorkerHosts hosts, Path results, Path work, Board board)
      throws IOException, DemoException {
    try {
      Channel in = new Channel("in");
      Channel out = new Channel("out");
      server = with(RtspRelay.start());
      interpreter = with(GeminiSim.start(SERVICE));
      Path recordings = Files.createDirectory(work.resolve("recordings"));
      destination = with(new Destination(OUTPUT, recordings, clock, out));
      ControlRoom.Places places =
          new ControlRoom.Places(
              "rtsp://127.0.0.1:" + server.port(),
              "rtmp://127.0.0.1:" + destination.server().port(),
              interpreter.url());
      control =
          with(
              ControlRoom.open(
                  STREAM, places, options.delay(), hosts, work, results.resolve("worker.log")));
      hook = with(new Hook(control.url(), INPUT, work, board::notice));
      server.path(INPUT).listener(hook);
      server.path(INPUT).accessUnits().enable(PICTURES_KEPT);
      source = with(new Mp4File(results.resolve("source.mp4"), in));
      programme = with(new Programme(server.url(INPUT), clock, source));
      page = with(page(options.pagePort(), List.of(in, out), control, board, clock));
    } catch (IOException | DemoException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private static DemoPage page(
      int port, List<Channel> channels, ControlRoom control, Board board, DemoClock clock) {
    try {
      return DemoPage.start(
          port,
          channels,
          control.url().resolve("/v1/streams/" + STREAM + "/events"),
          () -> board.json(clock.nowMicros()));
    } catch (IOException e) {
      throw DemoOptions.wrong(DemoOptions.PAGE_PORT, "" + port, "a port that is free");
    }
  }

  private <T extends AutoCloseable> T with(T member) {
    open.push(member);
    return member;
  }

  DemoClock clock() {
    return clock;
  }

  Programme programme() {
    return programme;
  }

  /** The path of the server that the programme is published to. */
  RelayPath input() {
    return server.path(INPUT);
  }

  ControlRoom control() {
    return control;
  }

  GeminiSim interpreter() {
    return interpreter;
  }

  Destination destination() {
    return destination;
  }

  DemoPage page() {
    return page;
  }

  /** What was published so far is complete in its file from now on. */
  void closeRecordings() throws IOException {
    programme.forgetFromNowOn();
    source.close();
  }

  /** Sends everybody home, the last first. Idempotent. */
  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        LOG.warn("cannot be closed", e);
      }
    }
  }
}
