package dev.livedub.bench;

import dev.livedub.bench.LatencyMatch.Sighting;
import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtmp.TagKind;
import dev.livedub.testkit.thirdparty.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Latency, processor time and start-up of one stream through each candidate. */
final class LatencyBench {

  /**
   * What was measured of one candidate.
   *
   * @param latencyMillis picture passed on by the relay to the same picture whole at the sink
   * @param startSeconds process start to the first picture at the sink
   * @param cpuPerSecond seconds of processor time per second of stream
   */
  record Result(
      String name,
      Distribution latencyMillis,
      double startSeconds,
      double cpuPerSecond,
      long residentBytes) {}

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Path clip;
  private final Duration warmUp;
  private final Duration window;

  LatencyBench(Path clip, Duration warmUp, Duration window) {
    this.clip = clip;
    this.warmUp = warmUp;
    this.window = window;
  }

  Result run(Candidate candidate) {
    try (Loop loop = new Loop(clip)) {
      long startNanos = System.nanoTime();
      List<String> command = candidate.command().apply(loop.inputUrl(), loop.outputUrl(0));
      try (ChildProcess process =
          ChildProcess.start(candidate.name(), Path.of("/"), Map.of(), command)) {
        loop.awaitPictures(process, 1, START_LIMIT);
        long firstNanos = loop.arrived(0, TagKind.VIDEO).get(0).arrivalNanos();
        Timing.staysAliveFor(process, warmUp);
        long fromNanos = System.nanoTime();
        ProcessUsage before = ProcessUsage.of(process.pid());
        Timing.staysAliveFor(process, window);
        ProcessUsage after = ProcessUsage.of(process.pid());
        long toNanos = System.nanoTime();
        return new Result(
            candidate.name(),
            latency(loop, fromNanos, toNanos),
            (firstNanos - startNanos) / 1e9,
            (after.cpuSeconds() - before.cpuSeconds()) / ((toNanos - fromNanos) / 1e9),
            after.residentBytes());
      }
    }
  }

  private static Distribution latency(Loop loop, long fromNanos, long toNanos) {
    List<Sighting> source =
        loop.shown().stream()
            .map(unit -> new Sighting(unit.vclHash(), unit.forwardedNanos()))
            .toList();
    List<Sighting> sink =
        loop.arrived(0, TagKind.VIDEO).stream()
            .filter(tag -> tag.arrivalNanos() >= fromNanos && tag.arrivalNanos() < toNanos)
            .map(LatencyBench::sighting)
            .toList();
    return new Distribution(LatencyMatch.millis(source, sink));
  }

  private static Sighting sighting(RtmpTag tag) {
    return new Sighting(tag.vclHash(), tag.arrivalNanos());
  }
}
