package dev.livedub.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.cli.config.LogFormat;
import dev.livedub.cli.worker.WorkerJvm;
import dev.livedub.core.slot.SlotCounts;
import dev.livedub.core.worker.WorkerHost;
import dev.livedub.orchestrator.worker.HostLimits;
import dev.livedub.orchestrator.worker.ProcessWorkers;
import dev.livedub.orchestrator.worker.StateDir;
import dev.livedub.testkit.rtmp.RtmpTag;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short demonstration with a real worker: what is spoilt in it is found. */
class JudgeTest {

  private static final String PICTURES = "pictures bit for bit as they came";
  private static final String GAPS = "sound without a gap";
  private static final String OFFSET = "sound minus picture, by flash and beep";
  private static final String SLOTS = "slots on air";
  private static final String SPEECH = "speech preserved";
  private static final String END = "end of the worker";

  @TempDir Path directory;

  @Test
  void findings_ofShortShow_failOnceAnythingIsSpoilt() throws Exception {
    Take good = play();
    List<Finding> findings = new Judge(good).findings();
    assertThat(failed(findings))
        .as(FindingTable.of(findings))
        .doesNotContain(PICTURES, GAPS, OFFSET, SPEECH, END);

    DubbedFile dubbed = good.dubbed().get(0);
    List<RtmpTag> holed = new ArrayList<>(dubbed.tags());
    holed.remove(dubbed.pictures().get(dubbed.pictures().size() / 2));
    Take spoilt =
        new Take(
            good.delay(),
            good.published(),
            good.relayed(),
            good.source(),
            List.of(new DubbedFile(dubbed.file(), holed)),
            List.of(),
            new SlotCounts(5, 0, 1, 0),
            good.restarts(),
            good.startUp(),
            good.workerCores(),
            "not in time");
    assertThat(failed(new Judge(spoilt).findings())).contains(PICTURES, SLOTS, END);
  }

  @Test
  void fault_thatDidNotHappen_isNoSuccess() {
    FaultRun never = new FaultRun(DemoFault.SESSION_CUT, 5, Double.NaN, 5, 5, "", 0, 1);
    Take take =
        new Take(
            Duration.ofSeconds(6),
            Map.of(),
            List.of(),
            Path.of("none"),
            List.of(),
            List.of(never),
            SlotCounts.ZERO,
            0,
            Duration.ZERO,
            0,
            "");
    assertThat(failed(new FaultFindings(take, List.of()).all()))
        .containsExactly(DemoFault.SESSION_CUT.title());
  }

  private Take play() throws Exception {
    DemoOptions options =
        new DemoOptions(10, Duration.ofSeconds(6), false, false, 0, Optional.empty());
    Path results = Files.createDirectory(directory.resolve("results"));
    Path work = Files.createDirectory(directory.resolve("work"));
    Board board = new Board(options.delay(), options.seconds());
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    try (Progress progress = new Progress(nowhere);
        Studio studio = new Studio(options, JudgeTest::host, results, work, board)) {
      Show show = new Show(studio, options, board, progress);
      List<FaultRun> faults = show.play();
      String ended = show.end() ? "clean" : "not in time";
      return new Take(
          options.delay(),
          studio.programme().published(),
          studio.input().accessUnits().units(),
          source(studio, results),
          studio.destination().copyTo(results),
          faults,
          SlotCounts.ZERO,
          0,
          Duration.ZERO,
          0,
          ended);
    }
  }

  private static Path source(Studio studio, Path results) throws IOException {
    studio.closeRecordings();
    return results.resolve("source.mp4");
  }

  private static WorkerHost host(StateDir state, Path log) throws IOException {
    return new ProcessWorkers(
        state, WorkerJvm.command(LogFormat.TEXT).withLog(log), List::of, HostLimits.DEFAULTS);
  }

  private static List<String> failed(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.verdict() == Finding.Verdict.FAIL)
        .map(Finding::what)
        .toList();
  }
}
