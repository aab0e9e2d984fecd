package dev.livedub.cli.demo;

import static dev.livedub.cli.demo.Judge.format;

import dev.livedub.testkit.gemini.voice.Mark;
import dev.livedub.testkit.gemini.voice.MarkedSource;
import dev.livedub.testkit.gemini.voice.MarkedSpeech;
import dev.livedub.testkit.measure.DubReport;
import dev.livedub.testkit.measure.MarkedEar;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of the speech: where the dub of each utterance lies, whether every syllable was
 * heard, and how loud. What a fault may have touched is left out; the faults' own rows tell of it.
 */
final class SpeechFindings {

  private static final double LAG_MEDIAN_MILLIS = 300;
  private static final double LAG_P95_MILLIS = 1_000;

  /** What the short-term loudness of two voices may differ by. */
  private static final double LEVEL_DB = 2;

  /** Speech that began less than this before the end need not have been dubbed to its end. */
  private static final long TAIL_MICROS = 2_000_000;

  private static final int SAMPLE_RATE_HZ = 48_000;

  private final DubReport report;
  private final double[] dubDbfs;

  SpeechFindings(Take take, List<Reel> reels) {
    report = report(take, reels);
    dubDbfs =
        reels.stream()
            .flatMap(reel -> reel.heard().dub().stream())
            .mapToDouble(Mark::levelDbfs)
            .sorted()
            .toArray();
  }

  private static DubReport report(Take take, List<Reel> reels) {
    int spoken = 0;
    int broken = 0;
    int disordered = 0;
    List<Integer> missing = new ArrayList<>();
    List<Integer> repeated = new ArrayList<>();
    List<DubReport.Lag> lags = new ArrayList<>();
    for (Reel reel : reels) {
      for (Reel.Stretch stretch : reel.stretches()) {
        List<Mark> calm =
            reel.dubIn(stretch).stream()
                .filter(mark -> !mark.isUnmarked() && !take.isTouched(mark.sourceMicros()))
                .toList();
        if (!calm.isEmpty()) {
          long untilMicros = stretch.toMicros() - stretch.shiftMicros() - TAIL_MICROS;
          MarkedSource source = new MarkedSource(SAMPLE_RATE_HZ, Programme.CLIP.seed());
          DubReport part = DubReport.of(source, calm, stretch.shiftMicros(), untilMicros);
          long fromMicros = calm.get(0).sourceMicros();
          spoken +=
              (int)
                  source.numbers(fromMicros, untilMicros).stream()
                      .filter(number -> !take.isTouched(sourceMicros(number)))
                      .count();
          part.missing().stream()
              .filter(number -> !take.isTouched(sourceMicros(number)))
              .forEach(missing::add);
          repeated.addAll(part.repeated());
          broken += part.broken();
          disordered += part.disordered();
          lags.addAll(part.lags());
        }
      }
    }
    return new DubReport(spoken, missing, repeated, broken, disordered, lags);
  }

  private static long sourceMicros(int number) {
    return number * 1_000L * MarkedSpeech.BLOCK_MILLIS;
  }

  List<Finding> all() {
    return List.of(lag(), preserved(), level());
  }

  /** Where the dub of each utterance lies, one line. */
  String lags() {
    return report.lags().stream()
        .map(lag -> format("%+.0f", lag.lagMicros() / 1e3))
        .collect(Collectors.joining(" "));
  }

  private Finding lag() {
    boolean known = !report.lags().isEmpty();
    return Finding.judged(
        "dub lag, onset of dub minus onset of speech",
        known
            ? format(
                "p50 %.0f ms, p95 %.0f ms of %d utterances",
                report.lagMillis(0.5), report.lagMillis(0.95), report.lags().size())
            : "no utterance was dubbed",
        "300 ms, 1 s",
        known
            && report.lagMillis(0.5) <= LAG_MEDIAN_MILLIS
            && report.lagMillis(0.95) <= LAG_P95_MILLIS);
  }

  private Finding preserved() {
    int heard = report.spoken() - report.missing().size();
    return Finding.judged(
        "speech preserved",
        format(
            "%d of %d syllables, %d twice, %d broken, %d out of order",
            heard, report.spoken(), report.repeated().size(), report.broken(), report.disordered()),
        "all, once, in order",
        report.spoken() > 0
            && report.missing().isEmpty()
            && report.repeated().isEmpty()
            && report.broken() == 0
            && report.disordered() == 0);
  }

  private Finding level() {
    if (dubDbfs.length == 0) {
      return Finding.judged("level of the dub", "no dub was heard", "a dub", false);
    }
    double louderDb = dubDbfs[dubDbfs.length / 2] - MarkedEar.fullDbfs();
    return Finding.judged(
        "level of the dub minus that of the speaker",
        format("%+.1f dB", louderDb),
        "2 dB",
        Math.abs(louderDb) <= LEVEL_DB);
  }
}
