package dev.livedub.bench.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.bench.faults.FaultRig;
import dev.livedub.bench.faults.OutputCheck;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.core.worker.Meter;
import dev.livedub.testkit.gemini.record.SessionRecord;
import dev.livedub.testkit.gemini.record.SimRecord;
import dev.livedub.testkit.gemini.voice.Mark;
import dev.livedub.testkit.gemini.voice.MarkedSource;
import dev.livedub.testkit.gemini.voice.MarkedSpeech;
import dev.livedub.testkit.measure.DubReport;
import dev.livedub.testkit.measure.MarkedEar;
import dev.livedub.testkit.measure.PacketList;
import dev.livedub.testkit.measure.SoundGaps;
import dev.livedub.testkit.rtmp.RtmpPublication;
import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtmp.TagKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An operator changes the language, or mutes, while Gemini's translation is on air. */
final class LiveLanguageTest {

  private static final int TAGS_KEPT = 50_000;

  /** A syllable that the change cuts in two is understood by neither session. */
  private static final int MOST_CUT = 1;

  @TempDir private Path dumps;

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void change_languageOnAir_bothAreHeardAndNothingIsMissing() {
    try (GeminiRig rig = new GeminiRig(GeminiRig.Plan.of("language"), dumps, TAGS_KEPT)) {
      onAir(rig);
      rig.change(language("fr"));
      assertThat(rig.status().live().targetLang()).hasValue("fr");
      FaultRig.pass(Duration.ofSeconds(18));
      SimRecord record = rig.sim().record();

      assertThat(rig.stop().code()).isEqualTo(ExitCode.CLEAN);

      assertThat(record.sessionRecords())
          .extracting(SessionRecord::targetLanguage)
          .containsExactly(Optional.of("es"), Optional.of("fr"));
      SessionRecord before = record.session(1);
      SessionRecord after = record.session(2);
      assertThat(record.faultCounts()).as("client's faults").isEmpty();
      assertThat(before.end().orElseThrow().by()).isEqualTo(SessionRecord.Side.CLIENT);
      assertThat(before.heard()).doesNotContainAnyElementsOf(after.heard());
      DubReport report = assertGapless(rig);
      assertThat(report.repeated()).isEmpty();
      assertThat(report.missing().size())
          .as("untranslated: %s", report.missing())
          .isLessThanOrEqualTo(MOST_CUT);
      int first = after.heard().get(0);
      List<Integer> spoken = heard(rig).dub().stream().map(Mark::number).toList();
      assertThat(spoken).as("words of the first language").anyMatch(number -> number < first);
      assertThat(spoken).as("words of the second").anyMatch(number -> number > first + 10);
    }
  }

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void change_mutedOnAir_costsNothingAndComesBack() {
    try (GeminiRig rig = new GeminiRig(GeminiRig.Plan.of("muted"), dumps, TAGS_KEPT)) {
      onAir(rig);
      rig.change(muted(true));
      FaultRig.pass(Duration.ofSeconds(3));
      List<Integer> heardBefore = rig.sim().record().session(1).heard();
      FaultRig.pass(Duration.ofSeconds(5));
      List<Integer> heardMeanwhile = rig.sim().record().session(1).heard();
      rig.change(muted(false));
      FaultRig.pass(Duration.ofSeconds(19));
      SimRecord record = rig.sim().record();

      assertThat(rig.stop().code()).isEqualTo(ExitCode.CLEAN);

      assertThat(heardMeanwhile).as("speech sent while muted").isEqualTo(heardBefore);
      assertThat(record.connections()).isEqualTo(1);
      assertThat(record.faultCounts()).as("client's faults").isEmpty();
      assertThat(rig.meters().sum(Meter.FALLBACK, "muted")).isGreaterThan(3);
      assertThat(assertGapless(rig).repeated()).isEmpty();
      int last =
          heardBefore.stream()
              .filter(number -> number < MarkedSpeech.FIRST_UNMARKED)
              .max(Comparator.naturalOrder())
              .orElseThrow();
      assertThat(heard(rig).dub())
          .as("translation after")
          .anyMatch(mark -> !mark.isUnmarked() && mark.number() > last);
    }
  }

  private static void onAir(GeminiRig rig) {
    rig.publish();
    rig.dub();
    FaultRig.await(
        "translation on air", Duration.ofSeconds(60), () -> rig.status().slots().dubbed() >= 4);
  }

  private static DubReport assertGapless(GeminiRig rig) {
    List<RtmpPublication> publications = rig.publications();
    assertThat(OutputCheck.complaints(publications)).isEmpty();
    Path recording = recording(rig);
    assertThat(SoundGaps.of(PacketList.read(recording)).isGapless()).isTrue();
    List<RtmpTag> sound = publications.get(0).media(TagKind.AUDIO);
    long endMicros = sound.get(sound.size() - 1).timestampMillis() * 1_000;
    MarkedSource source =
        new MarkedSource(rig.clip().sound().orElseThrow().sampleRateHz(), rig.clip().seed());
    long latestMicros = GeminiRig.DELAY.toMillis() * 1_000;
    DubReport report = DubReport.of(source, heard(rig), endMicros - latestMicros);
    assertThat(report.lags())
        .as("dub lag of each sentence")
        .isNotEmpty()
        .allSatisfy(lag -> assertThat(lag.lagMicros()).isBetween(-700_000L, 2_500_000L));
    return report;
  }

  private static MarkedEar.Heard heard(GeminiRig rig) {
    return MarkedEar.listen(recording(rig));
  }

  private static Path recording(GeminiRig rig) {
    return rig.publications().get(0).dump().orElseThrow();
  }

  private static LiveChange language(String tag) {
    return new LiveChange(
        Optional.of(tag), Optional.empty(), Optional.empty(), OptionalDouble.empty());
  }

  private static LiveChange muted(boolean muted) {
    return new LiveChange(
        Optional.empty(), Optional.of(muted), Optional.empty(), OptionalDouble.empty());
  }
}
