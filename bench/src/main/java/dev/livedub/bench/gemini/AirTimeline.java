package dev.livedub.bench.gemini;

import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.gemini.voice.Mark;
import dev.livedub.testkit.measure.DubReport;
import dev.livedub.testkit.measure.MarkedEar;
import dev.livedub.testkit.rtmp.RtmpTag;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What was on air when, before and after a moment. */
final class AirTimeline {

  /** Syllables of one run are half a second apart. */
  private static final long SAME_RUN_MICROS = 750_000;

  private final List<RtmpTag> sound;
  private final MarkedEar.Heard heard;
  private final long faultNanos;
  private final Optional<Mark> originalBack;
  private final Optional<Mark> dubBack;

  /**
   * A timeline.
   *
   * @param sound tags of the output
   * @param heard what they say
   * @param faultNanos when the fault happened
   */
  AirTimeline(List<RtmpTag> sound, MarkedEar.Heard heard, long faultNanos) {
    this.sound = sound;
    this.heard = heard;
    this.faultNanos = faultNanos;
    originalBack = firstFull(onAirMicros(faultNanos));
    dubBack = originalBack.flatMap(mark -> firstDub(mark.startMicros()));
  }

  /** From the fault to the original at full level; empty if that was never wanted. */
  OptionalDouble originalBackSeconds() {
    return since(originalBack);
  }

  /** From the fault to translation after that; empty if there was none, or none was missing. */
  OptionalDouble dubBackSeconds() {
    return since(dubBack);
  }

  /** Whether the interpreter is heard at the end, give or take a pause. */
  boolean endsWithDub(long withinMicros) {
    long endMicros = sound.get(sound.size() - 1).timestampMillis() * 1_000;
    return heard.dub().stream().anyMatch(mark -> mark.startMicros() > endMicros - withinMicros);
  }

  /** In words, with how many syllables were never translated, or twice. */
  String words(ClipSpec clip) {
    if (heard.dub().stream().allMatch(Mark::isUnmarked)) {
      return voices();
    }
    long endMicros = sound.get(sound.size() - 1).timestampMillis() * 1_000;
    long latestMicros = GeminiRig.DELAY.toMillis() * 1_000;
    DubReport report = DubReport.of(clip.speaker(), heard, endMicros - latestMicros);
    return voices()
        + String.format(
            "; %d of %d syllables untranslated, %d repeated",
            report.missing().size(), report.spoken(), report.repeated().size());
  }

  private String voices() {
    boolean before =
        heard.dub().stream().anyMatch(mark -> mark.startMicros() < onAirMicros(faultNanos));
    if (originalBack.isEmpty()) {
      return "dub throughout";
    }
    return (before ? "dub, " : "") + "original" + (dubBack.isPresent() ? ", dub" : "");
  }

  /** The first of two syllables of the speaker's in a row that are as loud as they were said. */
  private Optional<Mark> firstFull(long fromMicros) {
    Mark last = null;
    for (Mark mark : heard.source()) {
      if (mark.startMicros() < fromMicros || !MarkedEar.isFull(mark)) {
        last = null;
      } else if (last != null && mark.startMicros() - last.startMicros() < SAME_RUN_MICROS) {
        return Optional.of(last);
      } else {
        last = mark;
      }
    }
    return Optional.empty();
  }

  private Optional<Mark> firstDub(long fromMicros) {
    return heard.dub().stream().filter(mark -> mark.startMicros() > fromMicros).findFirst();
  }

  private OptionalDouble since(Optional<Mark> mark) {
    return mark.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of((arrivalNanos(mark.get().startMicros()) - faultNanos) / 1e9);
  }

  private long onAirMicros(long nanos) {
    return sound.stream()
        .filter(tag -> tag.arrivalNanos() <= nanos)
        .reduce((first, second) -> second)
        .map(tag -> tag.timestampMillis() * 1_000)
        .orElse(0L);
  }

  private long arrivalNanos(long micros) {
    return sound.stream()
        .filter(tag -> tag.timestampMillis() * 1_000 >= micros)
        .findFirst()
        .orElse(sound.get(sound.size() - 1))
        .arrivalNanos();
  }
}
