package dev.livedub.bench.gemini;

import dev.livedub.bench.MachineFacts;
import dev.livedub.bench.MarkdownSection;
import dev.livedub.bench.faults.FaultRig;
import dev.livedub.bench.leak.ProcessSample;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.testkit.gemini.record.SimRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Dubs for a long time against a simulated service whose clock runs as the real one's, through its
 * planned rotations, and counts every syllable.
 *
 * <p>Options: {@code --minutes N} (30), {@code --page FILE} with a section {@code gemini-soak} to
 * write the table to, {@code --recording DIR} that keeps what was on air. Ends with 1 if a bound
 * does not hold.
 */
public final class GeminiSoak {

  /** When the process has warmed up. */
  private static final int WARM_MINUTES = 5;

  /** The destination keeps next to nothing of what it receives, apart from the file. */
  private static final int TAGS_KEPT = 10;

  private GeminiSoak() {}

  public static void main(String[] args) throws IOException {
    List<String> words = Arrays.asList(args);
    int minutes = Integer.parseInt(option(words, "--minutes").orElse("30"));
    Optional<String> kept = option(words, "--recording");
    Path dumps = kept.isPresent() ? Path.of(kept.get()) : Files.createTempDirectory("livedub-soak");
    Files.createDirectories(dumps);
    List<String> facts = MachineFacts.lines();
    SoakReport report;
    try {
      report = run(minutes, dumps);
    } finally {
      if (kept.isEmpty()) {
        Recordings.delete(dumps);
      }
    }
    String text = report.text(minutes, facts);
    System.out.println(text);
    option(words, "--page")
        .ifPresent(page -> MarkdownSection.replace(Path.of(page), "gemini-soak", text));
    System.exit(report.complaints().isEmpty() ? 0 : 1);
  }

  private static Optional<String> option(List<String> words, String name) {
    int at = words.indexOf(name);
    return at < 0 || at + 1 == words.size() ? Optional.empty() : Optional.of(words.get(at + 1));
  }

  /** Dubs for so many minutes and looks at the recording. */
  static SoakReport run(int minutes, Path dumps) {
    GeminiRig.Plan plan = GeminiRig.Plan.of("soak");
    try (LogTail log = new LogTail("soak");
        GeminiRig rig = new GeminiRig(plan, dumps, TAGS_KEPT)) {
      rig.publish();
      rig.dub();
      ProcessSample warm = ProcessSample.now();
      for (int minute = 1; minute <= minutes; minute++) {
        FaultRig.pass(Duration.ofMinutes(1));
        ProcessSample sample = ProcessSample.now();
        warm = minute <= WARM_MINUTES ? sample : warm;
        System.out.println(progress(minute, rig, sample));
        if (rig.status().state() == WorkerStatus.State.STOPPED) {
          break;
        }
      }
      ProcessSample end = ProcessSample.now();
      SimRecord record = rig.sim().record();
      WorkerExit exit = rig.stop();
      log.lines().stream()
          .filter(line -> !line.event().equals("log"))
          .forEach(
              line -> System.out.println(line.level() + " " + line.event() + " " + line.text()));
      SoakReport report =
          SoakReport.of(rig.clip(), rig.publications(), rig.meters(), record, warm, end);
      return exit.code() == ExitCode.CLEAN
          ? report
          : report.withComplaint("the worker ended with " + exit);
    }
  }

  private static String progress(int minute, GeminiRig rig, ProcessSample sample) {
    SimRecord record = rig.sim().record();
    return String.format(
        "%3d min: %s; slots: %s; fallback: %s; rotations: %s; hole ms: %s; connections: %d;"
            + " client faults: %s; %d MiB, %d threads, %d descriptors; $%.3f",
        minute,
        rig.status().state(),
        rig.meters().words(Meter.AUDIO_FRAGMENTS),
        rig.meters().words(Meter.FALLBACK),
        rig.meters().words(Meter.SESSION_ROTATIONS),
        Arrays.toString(rig.meters().values(Meter.SESSION_HOLE)),
        record.connections(),
        record.faultCounts(),
        sample.residentBytes() >> 20,
        sample.threads(),
        sample.openFiles(),
        rig.meters().sum(Meter.TRANSLATOR_COST, ""));
  }
}
