package dev.livedub.bench.gemini;

import dev.livedub.bench.Distribution;
import dev.livedub.testkit.gemini.voice.Mark;
import dev.livedub.testkit.gemini.voice.MarkedSource;
import dev.livedub.testkit.gemini.voice.MarkedSource.Sentence;
import dev.livedub.testkit.gemini.voice.MarkedSpeech;
import dev.livedub.testkit.measure.MarkedEar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of each syllable that was spoken.
 *
 * @param spoken from the first one that was translated on to the last whose translation must have
 *     been on air before the end
 * @param translated how many of those were heard from the interpreter
 * @param untranslated numbers of those that were not
 * @param repeated numbers heard more than once
 * @param before how many were spoken before the first that was translated
 * @param lagMillis for each sentence whose first syllable was translated: audible onset of that
 *     minus audible onset of the source
 */
record MarkCount(
    int spoken,
    int translated,
    List<Integer> untranslated,
    List<Integer> repeated,
    int before,
    double[] lagMillis) {

  /**
   * Counts.
   *
   * @param source who spoke
   * @param endMicros the end of the recording
   * @param latest how much later than its source a translation may come: the playout delay
   * @throws IllegalStateException if nothing was heard of one of the voices
   */
  static MarkCount of(MarkedSource source, MarkedEar.Heard heard, long endMicros, Duration latest) {
    long offsetMicros =
        heard.offsetMicros().orElseThrow(() -> new IllegalStateException("no source was heard"));
    // Half a syllable, heard when a session begins in the middle of it, is answered without a mark.
    List<Mark> dub = heard.dub().stream().filter(mark -> !mark.isUnmarked()).toList();
    if (dub.isEmpty()) {
      throw new IllegalStateException("no translation was heard");
    }
    Map<Integer, Integer> times = new HashMap<>();
    dub.forEach(mark -> times.merge(mark.number(), 1, Integer::sum));
    long fromMicros = dub.get(0).sourceMicros();
    long untilMicros = endMicros - offsetMicros - latest.toNanos() / 1_000;
    List<Integer> spoken = source.numbers(fromMicros, untilMicros);
    List<Integer> untranslated = spoken.stream().filter(each -> !times.containsKey(each)).toList();
    List<Integer> repeated =
        times.entrySet().stream()
            .filter(each -> each.getValue() > 1)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    return new MarkCount(
        spoken.size(),
        spoken.size() - untranslated.size(),
        untranslated,
        repeated,
        source.numbers(Math.max(0, -offsetMicros), fromMicros).size(),
        lagMillis(source, dub, offsetMicros, untilMicros));
  }

  private static double[] lagMillis(
      MarkedSource source, List<Mark> dub, long offsetMicros, long untilMicros) {
    Map<Integer, Mark> first = new HashMap<>();
    dub.forEach(mark -> first.putIfAbsent(mark.number(), mark));
    List<Double> lags = new ArrayList<>();
    for (Sentence sentence : source.sentences(untilMicros)) {
      Mark mark = first.get((int) (sentence.firstBlock() % MarkedSpeech.FIRST_UNMARKED));
      if (mark != null) {
        lags.add((mark.lagMicros() - offsetMicros) / 1_000.0);
      }
    }
    return lags.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** A quantile of the lag in words. */
  String lag(double fraction) {
    return lagMillis.length == 0
        ? "–"
        : String.format("%.0f ms", new Distribution(lagMillis).quantile(fraction));
  }
}
