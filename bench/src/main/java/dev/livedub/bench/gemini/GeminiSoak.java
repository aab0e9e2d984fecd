package dev.livedub.bench.gemini;

import dev.livedub.bench.MachineFacts;
import dev.livedub.bench.MarkdownSection;
import dev.livedub.bench.faults.FaultRig;
import dev.livedub.bench.leak.ProcessSample;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.testkit.gemini.fault.FaultKind;
import dev.livedub.testkit.gemini.record.SimRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Dubs for a long time against a simulated service whose clock runs as the real one's, through its
 * planned rotations, and counts every syllable.
 *
 * <p>Options: {@code --minutes N} (30), {@code --scenario NAME,NAME…} (usual) of {@link
 * SoakScenario}, all at once, {@code --page FILE} with a section {@code gemini-soak} that the
 * figures are written to, {@code --recording DIR} that keeps what was on air. Ends with 1 if a
 * bound does not hold.
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
    String names = option(words, "--scenario").orElse(SoakScenario.USUAL.word());
    List<SoakScenario> scenarios =
        Arrays.stream(names.split(",")).map(SoakScenario::of).distinct().toList();
    List<String> facts = MachineFacts.lines();
    Map<SoakScenario, SoakReport> reports;
    try {
      reports = run(scenarios, minutes, dumps);
    } finally {
      if (kept.isEmpty()) {
        Recordings.delete(dumps);
      }
    }
    String command = "bench/gemini-soak --minutes " + minutes + " --scenario " + names;
    String text = SoakTable.text(command, facts, reports);
    System.out.println(text);
    option(words, "--page")
        .ifPresent(page -> MarkdownSection.replace(Path.of(page), "gemini-soak", text));
    System.exit(reports.values().stream().allMatch(each -> each.complaints().isEmpty()) ? 0 : 1);
  }

  /** Dubs all scenarios at once, each on a thread of its own. */
  private static Map<SoakScenario, SoakReport> run(
      List<SoakScenario> scenarios, int minutes, Path dumps) {
    Map<SoakScenario, SoakReport> reports = new EnumMap<>(SoakScenario.class);
    ExecutorService threads = Executors.newFixedThreadPool(scenarios.size());
    try {
      Map<SoakScenario, Future<SoakReport>> running = new EnumMap<>(SoakScenario.class);
      for (SoakScenario each : scenarios) {
        running.put(
            each,
            threads.submit(() -> run(each, minutes, dumps.resolve(each.word()), scenarios.size())));
      }
      for (Map.Entry<SoakScenario, Future<SoakReport>> each : running.entrySet()) {
        reports.put(each.getKey(), each.getValue().get());
      }
      return reports;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("a soak did not come to its end", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Optional<String> option(List<String> words, String name) {
    int at = words.indexOf(name);
    return at < 0 || at + 1 == words.size() ? Optional.empty() : Optional.of(words.get(at + 1));
  }

  /** Dubs for so many minutes, one of so many at once, and looks at the recording. */
  static SoakReport run(SoakScenario scenario, int minutes, Path dumps, int atOnce)
      throws IOException {
    GeminiRig.Plan plan = scenario.plan();
    Files.createDirectories(dumps);
    try (LogTail log = new LogTail(plan.streamId());
        GeminiRig rig = new GeminiRig(plan, dumps, TAGS_KEPT)) {
      scenario.begin(rig.sim());
      rig.publish();
      rig.dub();
      ProcessSample warm = ProcessSample.now();
      for (int minute = 1; minute <= minutes; minute++) {
        passMinute(scenario, rig);
        ProcessSample sample = ProcessSample.now();
        warm = minute <= WARM_MINUTES ? sample : warm;
        System.out.println(scenario.word() + progress(minute, rig, sample));
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
          SoakReport.of(plan, rig.publications(), rig.meters(), record, warm, end, atOnce);
      for (FaultKind kind : scenario.ordered()) {
        if (rig.sim().faults().hits(kind) == 0) {
          report = report.withComplaint("did not happen: " + kind);
        }
      }
      return exit.code() == ExitCode.CLEAN
          ? report
          : report.withComplaint("the worker ended with " + exit);
    }
  }

  private static void passMinute(SoakScenario scenario, GeminiRig rig) {
    for (int i = 0; i < Duration.ofMinutes(1).dividedBy(SoakScenario.EVERY); i++) {
      FaultRig.pass(SoakScenario.EVERY);
      scenario.disturb(rig.sim());
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
