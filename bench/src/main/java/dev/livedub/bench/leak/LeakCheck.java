package dev.livedub.bench.leak;

import dev.livedub.bench.faults.FaultRig;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.net.Hangup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Breaks a dub's connections many times over and prints whether threads, open files and memory stay
 * where they were. Ends with status 1 if they do not.
 *
 * <p>Arguments: reconnects of the source, reconnects of the destination, how many of each are
 * warm-up. Meant for a JVM whose heap is of fixed size and touched at once, and that does without
 * its second compiler, whose working memory grows for minutes: then what the resident set gains is
 * native memory.
 */
public final class LeakCheck {

  private static final int SAMPLE_EVERY = 5;

  /** Growth per reconnect that may be noise; a leaked packet, socket or codec context is more. */
  private static final double MAX_SLOPE_BYTES = 40 * 1024;

  /**
   * The same for a run of few samples, in which what the allocator keeps for itself weighs more.
   */
  private static final double MAX_SLOPE_BYTES_SHORT = 160 * 1024;

  private static final int SHORT = 100;

  private static final long MAX_MORE_THREADS = 4;
  private static final long MAX_MORE_FILES = 6;

  private LeakCheck() {}

  public static void main(String[] args) {
    int source = args.length > 0 ? Integer.parseInt(args[0]) : 200;
    int sink = args.length > 1 ? Integer.parseInt(args[1]) : 200;
    int warmUp = args.length > 2 ? Integer.parseInt(args[2]) : 40;
    boolean flat;
    try (FaultRig rig = FaultRig.withoutRecording(clip(), Duration.ZERO, Duration.ofMinutes(2))) {
      rig.publish();
      rig.dub();
      rig.awaitOnAir(1);
      System.out.println(
          "| what | reconnects | threads | open files | resident | native growth per reconnect | flat |");
      System.out.println("|---|---|---|---|---|---|---|");
      breakSource(rig, warmUp);
      breakSink(rig, warmUp);
      flat = report("source", source, samples(source, () -> breakSource(rig, SAMPLE_EVERY)));
      flat &= report("destination", sink, samples(sink, () -> breakSink(rig, SAMPLE_EVERY)));
    }
    System.exit(flat ? 0 : 1);
  }

  /** Small, with five keyframes a second, so that a reconnect costs little time. */
  private static ClipSpec clip() {
    return ClipSpec.builder().size(160, 96).gopFrames(5).build();
  }

  private static List<ProcessSample> samples(int reconnects, Runnable reconnectSome) {
    List<ProcessSample> samples = new ArrayList<>();
    samples.add(ProcessSample.now());
    for (int done = 0; done < reconnects; done += SAMPLE_EVERY) {
      reconnectSome.run();
      samples.add(ProcessSample.now());
    }
    return samples;
  }

  private static void breakSource(FaultRig rig, int times) {
    for (int i = 0; i < times; i++) {
      long had = rig.status().inputReconnects();
      if (rig.source().kickPlayers(i % 2 == 0 ? Hangup.FIN : Hangup.RST) != 1) {
        throw new IllegalStateException("the source had no player to end");
      }
      rig.awaitStatus("a reconnect of the input", status -> status.inputReconnects() > had);
      awaitFlow(rig);
    }
  }

  private static void breakSink(FaultRig rig, int times) {
    for (int i = 0; i < times; i++) {
      long had = outputReconnects(rig.status());
      if (rig.destination().closeConnections(i % 2 == 0 ? Hangup.FIN : Hangup.RST) != 1) {
        throw new IllegalStateException("the destination had no connection to end");
      }
      rig.awaitStatus("a reconnect of the output", status -> outputReconnects(status) > had);
      awaitFlow(rig);
    }
  }

  private static long outputReconnects(WorkerStatus status) {
    return status.outputs().get(0).reconnects();
  }

  private static void awaitFlow(FaultRig rig) {
    long had = rig.mediaTags();
    FaultRig.await("media", Duration.ofSeconds(20), () -> rig.mediaTags() > had + 5);
    FaultRig.await(
        "one publication", Duration.ofSeconds(20), () -> rig.destination().publishers() == 1);
  }

  private static boolean report(String what, int reconnects, List<ProcessSample> samples) {
    double slopeBytes = slope(samples) / SAMPLE_EVERY;
    boolean flat =
        slopeBytes <= (reconnects < SHORT ? MAX_SLOPE_BYTES_SHORT : MAX_SLOPE_BYTES)
            && more(samples, ProcessSample::threads) <= MAX_MORE_THREADS
            && more(samples, ProcessSample::openFiles) <= MAX_MORE_FILES;
    ProcessSample first = samples.get(0);
    ProcessSample last = samples.get(samples.size() - 1);
    System.out.printf(
        "| %s | %d | %d → %d | %d → %d | %.1f → %.1f MiB | %+.1f KiB | %s |%n",
        what,
        reconnects,
        first.threads(),
        last.threads(),
        first.openFiles(),
        last.openFiles(),
        first.residentBytes() / 1048576.0,
        last.residentBytes() / 1048576.0,
        slopeBytes / 1024,
        flat ? "yes" : "NO");
    return flat;
  }

  /** Median of the last third above the median of the first: a single peak is no leak. */
  private static long more(List<ProcessSample> samples, ToLongFunction<ProcessSample> figure) {
    int third = Math.max(1, samples.size() / 3);
    return median(samples.subList(samples.size() - third, samples.size()), figure)
        - median(samples.subList(0, third), figure);
  }

  private static long median(List<ProcessSample> samples, ToLongFunction<ProcessSample> figure) {
    long[] sorted = samples.stream().mapToLong(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** Least-squares growth of native bytes from one sample to the next. */
  private static double slope(List<ProcessSample> samples) {
    double meanIndex = (samples.size() - 1) / 2.0;
    double meanBytes =
        samples.stream().mapToLong(ProcessSample::nativeBytes).average().orElseThrow();
    double above = 0;
    double below = 0;
    for (int i = 0; i < samples.size(); i++) {
      above += (i - meanIndex) * (samples.get(i).nativeBytes() - meanBytes);
      below += (i - meanIndex) * (i - meanIndex);
    }
    return above / below;
  }
}
