package dev.livedub.cli.demo;

import dev.livedub.cli.config.LogFormat;
import dev.livedub.cli.log.LogIdentity;
import dev.livedub.cli.log.Logging;
import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.DurationText;
import dev.livedub.core.slot.SlotCounts;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.orchestrator.api.StreamView;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One demonstration from its first word to its last.
 *
 * <p><b>Threading:</b> the main thread.
 */
final class Demo {

  /** For the page to fetch the table before it loses its server. */
  private static final long LAST_LOOK_MILLIS = 1_500;

  private final DemoOptions options;
  private final WorkerHosts hosts;
  private final PrintStream out;
  private final PrintStream err;

  Demo(DemoOptions options, WorkerHosts hosts, PrintStream out, PrintStream err) {
    this.options = options;
    this.hosts = hosts;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs it.
   *
   * @throws BadValueException if the folder or the port cannot be had
   */
  ExitCode run() throws IOException {
    Path results = Folders.results(options.folder());
    Path work = Files.createTempDirectory("livedub-demo");
    try (DemoEnd end = new DemoEnd(work);
        OutputStream log = Files.newOutputStream(results.resolve("livedub.log"));
        Logging logging = Logging.start(LogFormat.TEXT, LogIdentity.ofService(), log, false)) {
      return play(results, work, end);
    } finally {
      Folders.deleteQuietly(work);
    }
  }

  private ExitCode play(Path results, Path work, DemoEnd end) throws IOException {
    Board board = new Board(options.delay(), options.seconds());
    try (Progress progress = new Progress(err);
        Studio studio = new Studio(options, hosts, results, work, board)) {
      greet(studio, results);
      Show show = new Show(studio, options, board, progress);
      List<FaultRun> faults = show.play();
      String ended = options.keep() ? "" : show.end() ? "clean" : "not in time";
      board.phase("measuring");
      List<Finding> findings =
          progress.during(
              "measuring what came out", () -> measure(studio, show, faults, results, ended));
      progress.close();
      ExitCode code = Judge.holds(findings) ? ExitCode.CLEAN : ExitCode.INTERNAL;
      end.code(code);
      board.findings(findings);
      board.phase(options.keep() ? "measured, still on air" : "over");
      report(findings, board, results);
      stay(show, studio);
      return code;
    } catch (InterruptedException e) {
      return endedEarly();
    } catch (IOException e) {
      // What reads and writes a file when it is interrupted says so in this way.
      if (end.isAsked()) {
        return endedEarly();
      }
      throw e;
    } catch (DemoException e) {
      err.println("livedub: demo: " + e.getMessage());
      err.println("What was logged: " + results);
      return ExitCode.INTERNAL;
    }
  }

  private ExitCode endedEarly() {
    err.println("livedub: demo: ended before there was anything to judge");
    return ExitCode.CLEAN;
  }

  private void greet(Studio studio, Path results) {
    out.println("Watch it:  " + studio.page().url());
    out.println("Results:   " + results);
    out.printf(
        "A live programme (360p25, 3 B-frames, AAC), dubbed by the Gemini simulator: %d s on air,"
            + " %s late%s%n",
        options.seconds(),
        DurationText.format(options.delay()),
        options.faults() ? ", and everything is broken once" : "");
    out.flush();
  }

  private List<Finding> measure(
      Studio studio, Show show, List<FaultRun> faults, Path results, String ended)
      throws IOException {
    Take take = take(studio, show, faults, results, ended);
    Judge judge = new Judge(take);
    List<Finding> findings = judge.findings();
    String text =
        FindingTable.of(findings)
            + System.lineSeparator()
            + "  dub lag of each utterance, ms: "
            + judge.lags()
            + System.lineSeparator();
    Files.writeString(results.resolve("table.txt"), text, StandardCharsets.UTF_8);
    judge.draw(results.resolve("sound.png"));
    return findings;
  }

  private Take take(Studio studio, Show show, List<FaultRun> faults, Path results, String ended)
      throws IOException {
    studio.closeRecordings();
    Optional<StreamView> view = show.lastView();
    return new Take(
        options.delay(),
        studio.programme().published(),
        studio.input().accessUnits().units(),
        results.resolve("source.mp4"),
        studio.destination().copyTo(results),
        faults,
        view.flatMap(StreamView::worker).map(WorkerStatus::slots).orElse(SlotCounts.ZERO),
        view.map(StreamView::restarts).orElse(0L),
        Duration.ofNanos(show.onAirNanos() - show.beganNanos()).minus(options.delay()),
        show.workerCores(),
        ended);
  }

  private void report(List<Finding> findings, Board board, Path results) throws IOException {
    out.println();
    out.print(Files.readString(results.resolve("table.txt")));
    out.println();
    board.notices().forEach(notice -> out.println("Note: " + notice));
    out.println(Judge.holds(findings) ? "Every bound held." : "A BOUND WAS BROKEN.");
    out.println("Kept: dubbed.flv, source.mp4, sound.png, table.txt and the logs in " + results);
    out.flush();
  }

  /** Until Ctrl-C if that was asked for; else until the page has seen the table. */
  private void stay(Show show, Studio studio) throws InterruptedException {
    if (options.keep()) {
      out.println("Still on air; Ctrl-C ends it.");
      out.flush();
      try {
        show.pass(Duration.ofDays(1));
      } catch (InterruptedException e) {
        // That is how it is to end.
      }
    } else if (studio.page().isWatched()) {
      TimeUnit.MILLISECONDS.sleep(LAST_LOOK_MILLIS);
    }
  }
}
