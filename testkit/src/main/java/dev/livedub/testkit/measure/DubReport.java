package dev.livedub.testkit.measure;

import dev.livedub.testkit.gemini.voice.Mark;
import dev.livedub.testkit.gemini.voice.MarkedSource;
import dev.livedub.testkit.gemini.voice.MarkedSource.Sentence;
import dev.livedub.testkit.gemini.voice.MarkedSpeech;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * What became of marked speech that was dubbed: where each utterance lies, and whether every
 * syllable of it was heard, once and in order.
 *
 * @param spoken syllables that had to be heard
 * @param missing numbers of those that were not
 * @param repeated numbers heard more than once
 * @param broken syllables heard in two pieces, as a part of them came too late
 * @param disordered syllables heard after a later one
 * @param lags one for each utterance whose first syllable was heard, in order
 */
public record DubReport(
    int spoken,
    List<Integer> missing,
    List<Integer> repeated,
    int broken,
    int disordered,
    List<Lag> lags) {

  /** What two pieces of a syllable may be longer than one, by their edges. */
  private static final double LONGER_IN_PIECES = 1.25;

  /**
   * Where the dub of an utterance lies.
   *
   * @param sourceMicros onset of the source speech
   * @param lagMicros audible onset of the dub minus that; negative if the dub is early
   */
  public record Lag(long sourceMicros, long lagMicros) {}

  public DubReport {
    missing = List.copyOf(missing);
    repeated = List.copyOf(repeated);
    lags = List.copyOf(lags);
  }

  /**
   * Looks at what was heard in a recording.
   *
   * @param source who spoke
   * @param untilMicros time of the recording; what was spoken from then on need not have been
   *     translated
   * @throws IllegalStateException if nothing was heard of one of the voices
   */
  public static DubReport of(MarkedSource source, MarkedEar.Heard heard, long untilMicros) {
    long offsetMicros =
        heard.offsetMicros().orElseThrow(() -> new IllegalStateException("no source was heard"));
    return of(source, heard.dub(), offsetMicros, untilMicros - offsetMicros);
  }

  /**
   * Looks at what was heard of the interpreter.
   *
   * @param source who spoke
   * @param dub syllables heard of the interpreter, in order; numbers of unmarked speech are left
   *     out
   * @param offsetMicros time of the recording minus time of the source
   * @param untilMicros what was spoken from then on need not have been heard
   */
  public static DubReport of(
      MarkedSource source, List<Mark> dub, long offsetMicros, long untilMicros) {
    List<Mark> heard = dub.stream().filter(mark -> !mark.isUnmarked()).toList();
    if (heard.isEmpty()) {
      throw new IllegalStateException("no translation was heard");
    }
    Map<Integer, Mark> first = new HashMap<>();
    Set<Integer> repeated = new HashSet<>();
    int disordered = 0;
    int broken = 0;
    int latest = -1;
    double usualMicros = heard.stream().mapToLong(DubReport::length).average().orElse(0);
    for (Mark mark : heard) {
      Mark before = first.putIfAbsent(mark.number(), mark);
      if (before != null) {
        boolean pieces =
            mark.number() == latest
                && length(before) + length(mark) < LONGER_IN_PIECES * usualMicros;
        broken += pieces ? 1 : 0;
        if (!pieces) {
          repeated.add(mark.number());
        }
      } else if (mark.number() < latest) {
        disordered++;
      }
      latest = Math.max(latest, mark.number());
    }
    List<Integer> spoken = source.numbers(heard.get(0).sourceMicros(), untilMicros);
    List<Integer> missing = spoken.stream().filter(each -> !first.containsKey(each)).toList();
    List<Lag> lags = new ArrayList<>();
    for (Sentence sentence : source.sentences(untilMicros)) {
      Mark mark = first.get((int) (sentence.firstBlock() % MarkedSpeech.FIRST_UNMARKED));
      if (mark != null) {
        lags.add(new Lag(mark.sourceMicros(), mark.lagMicros() - offsetMicros));
      }
    }
    return new DubReport(
        spoken.size(), missing, repeated.stream().sorted().toList(), broken, disordered, lags);
  }

  /**
   * The lag, early or late, that so many of the utterances do not exceed.
   *
   * @param fraction above 0, at most 1
   */
  public double lagMillis(double fraction) {
    return quantile(lags.stream().mapToDouble(lag -> Math.abs(lag.lagMicros())), fraction);
  }

  /** The same with its sign: negative if the dub is early. */
  public double signedLagMillis(double fraction) {
    return quantile(lags.stream().mapToDouble(Lag::lagMicros), fraction);
  }

  /** The same report of a part of the time. */
  public DubReport between(long fromMicros, long toMicros) {
    List<Lag> within =
        lags.stream()
            .filter(lag -> lag.sourceMicros() >= fromMicros && lag.sourceMicros() < toMicros)
            .toList();
    return new DubReport(spoken, missing, repeated, broken, disordered, within);
  }

  /** One line for a person. */
  public String words() {
    return String.format(
        Locale.ROOT,
        "lag of %d utterances, ms: p50 %.0f, p95 %.0f, max %.0f (signed p5 %+.0f, p50 %+.0f, p95"
            + " %+.0f); %d of %d syllables missing, %d repeated, %d broken,"
            + " %d out of order",
        lags.size(),
        lagMillis(0.5),
        lagMillis(0.95),
        lagMillis(1),
        signedLagMillis(0.05),
        signedLagMillis(0.5),
        signedLagMillis(0.95),
        missing.size(),
        spoken,
        repeated.size(),
        broken,
        disordered);
  }

  private static long length(Mark mark) {
    return mark.endMicros() - mark.startMicros();
  }

  private static double quantile(DoubleStream micros, double fraction) {
    double[] ascending = micros.sorted().toArray();
    if (ascending.length == 0) {
      throw new IllegalStateException("no utterance was heard");
    }
    int index = (int) Math.ceil(fraction * ascending.length) - 1;
    return Arrays.stream(ascending).skip(Math.max(0, index)).findFirst().orElseThrow() / 1_000;
  }
}
