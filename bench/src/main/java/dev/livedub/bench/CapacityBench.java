package dev.livedub.bench;

import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtmp.TagKind;
import dev.livedub.testkit.thirdparty.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Many streams at once: all of livedub's in one JVM, a peer's in a process each. */
final class CapacityBench {

  /**
   * What was measured of so many streams.
   *
   * @param cpuPerStreamSecond seconds of processor time per second of one stream
   * @param residentBytes of all processes together
   * @param missingSoundFrames over all streams, by their timestamps
   * @param lateSoundFrames over all streams; see {@link SoundTally#BUFFER_MILLIS}
   * @param latestSoundMillis the latest sound frame of all
   * @param missingPictures pictures between a stream's first and last that did not come
   * @param reconnects publications beyond one a stream
   */
  record Result(
      String name,
      int streams,
      double cpuPerStreamSecond,
      long residentBytes,
      long missingSoundFrames,
      long lateSoundFrames,
      double latestSoundMillis,
      long missingPictures,
      int reconnects) {

    /** Resident memory of each stream beyond the first, against a run with one. */
    OptionalDouble bytesPerFurtherStream(Result one) {
      return streams > one.streams
          ? OptionalDouble.of(
              (double) (residentBytes - one.residentBytes) / (streams - one.streams))
          : OptionalDouble.empty();
    }
  }

  private static final Duration START_LIMIT = Duration.ofSeconds(120);

  private static final int STARTED_AT_ONCE = 5;

  private final Path clip;
  private final Duration warmUp;
  private final Duration window;

  CapacityBench(Path clip, Duration warmUp, Duration window) {
    this.clip = clip;
    this.warmUp = warmUp;
    this.window = window;
  }

  /** All streams in one process of {@link ManyWorkers}. */
  Result livedub(int streams, List<String> options) {
    try (Loop loop = new Loop(clip)) {
      List<String> command = Candidate.java(ManyWorkers.class.getName());
      command.addAll(
          List.of(
              "--streams",
              Integer.toString(streams),
              "--input",
              loop.inputUrl(),
              "--output",
              loop.outputPattern()));
      command.addAll(options);
      try (ChildProcess process =
          ChildProcess.start("livedub x " + streams, Path.of("/"), Map.of(), command)) {
        return measured("livedub, one JVM", loop, streams, List.of(process));
      }
    }
  }

  /** One process a stream, a few at a time: each works hardest while it starts. */
  Result peer(Candidate candidate, int streams) {
    List<ChildProcess> processes = new ArrayList<>();
    try (Loop loop = new Loop(clip)) {
      for (int number = 0; number < streams; number++) {
        if (number > 0 && number % STARTED_AT_ONCE == 0) {
          loop.awaitPictures(processes.get(0), number, START_LIMIT);
        }
        processes.add(
            ChildProcess.start(
                candidate.name() + " #" + number,
                Path.of("/"),
                Map.of(),
                candidate.command().apply(loop.inputUrl(), loop.outputUrl(number))));
      }
      return measured(candidate.name(), loop, streams, processes);
    } finally {
      processes.forEach(ChildProcess::close);
    }
  }

  private Result measured(String name, Loop loop, int streams, List<ChildProcess> processes) {
    ChildProcess any = processes.get(0);
    loop.awaitPictures(any, streams, START_LIMIT);
    Timing.staysAliveFor(any, warmUp);
    long fromNanos = System.nanoTime();
    ProcessUsage before = usage(processes);
    Timing.staysAliveFor(any, window);
    ProcessUsage after = usage(processes);
    long toNanos = System.nanoTime();
    double streamSeconds = streams * (toNanos - fromNanos) / 1e9;
    SoundTally.Counts sound = sound(loop, streams, fromNanos, toNanos);
    return new Result(
        name,
        streams,
        (after.cpuSeconds() - before.cpuSeconds()) / streamSeconds,
        after.residentBytes(),
        sound.missing(),
        sound.late(),
        sound.latestMillis(),
        missingPictures(loop, streams, fromNanos, toNanos),
        loop.publications(streams) - streams);
  }

  private static ProcessUsage usage(List<ChildProcess> processes) {
    return processes.stream()
        .map(process -> ProcessUsage.of(process.pid()))
        .reduce(new ProcessUsage(0, 0), ProcessUsage::plus);
  }

  private static SoundTally.Counts sound(Loop loop, int streams, long fromNanos, long toNanos) {
    SoundTally.Counts sum = new SoundTally.Counts(0, 0, 0, 0);
    for (int number = 0; number < streams; number++) {
      SoundTally tally = new SoundTally();
      for (RtmpTag tag : within(loop.arrived(number, TagKind.AUDIO), fromNanos, toNanos)) {
        tally.add(tag.timestampMillis(), tag.arrivalNanos());
      }
      sum = sum.plus(tally.counts());
    }
    return sum;
  }

  private static long missingPictures(Loop loop, int streams, long fromNanos, long toNanos) {
    List<Long> shown = loop.shown().stream().map(unit -> unit.vclHash()).toList();
    long missing = 0;
    for (int number = 0; number < streams; number++) {
      List<RtmpTag> arrived = within(loop.arrived(number, TagKind.VIDEO), fromNanos, toNanos);
      if (arrived.isEmpty()) { // the machine is past its limits
        missing += (toNanos - fromNanos) / BenchClip.PICTURE_NANOS;
        continue;
      }
      int first = shown.indexOf(arrived.get(0).vclHash());
      int last = shown.lastIndexOf(arrived.get(arrived.size() - 1).vclHash());
      missing += last - first + 1 - arrived.size();
    }
    return missing;
  }

  private static List<RtmpTag> within(List<RtmpTag> tags, long fromNanos, long toNanos) {
    return tags.stream()
        .filter(tag -> tag.arrivalNanos() >= fromNanos && tag.arrivalNanos() < toNanos)
        .toList();
  }
}
