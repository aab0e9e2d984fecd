package dev.livedub.core.dub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.livedub.core.config.FallbackMode;
import dev.livedub.core.config.PlayoutDelay;
import dev.livedub.core.slot.FallbackReason;
import dev.livedub.core.slot.SlotCounts;
import dev.livedub.core.translate.PassthroughTranslator;
import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.ToneTranslator;
import dev.livedub.core.translate.Translator;
import dev.livedub.core.translate.Translator.SendResult;
import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.translate.TranslatorListener;
import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DubLineTest {

  private static final Duration DELAY = Duration.ofSeconds(6);
  private static final int SECOND = 48_000;

  /** 30 s with speech in seconds 2, 3, 4 and in 10, 11: five slots of thirty. */
  private static short[] source() {
    return new SourceSound(30, 60).speech(2, 5, 8_000).speech(10, 12, 8_000).stereo();
  }

  @Test
  void render_passthrough_leavesEverySampleAsItIs() {
    Rehearsal rehearsal = new Rehearsal(new PassthroughTranslator(), FallbackMode.SILENCE, DELAY);
    short[] source = source();

    short[] heard = rehearsal.dub(source);

    assertThat(heard).isEqualTo(source);
    assertThat(rehearsal.counts()).isEqualTo(new SlotCounts(0, 30, 0, 0));
    assertThat(rehearsal.meters.count(Meter.AUDIO_FRAGMENTS, "bed")).isEqualTo(30);
    assertThat(rehearsal.mostInFlight()).isBetween(6L, 7L);
    assertThat(rehearsal.meters.gauge(Meter.INFLIGHT_FRAGMENTS)).isZero();
  }

  @Test
  void render_tone_dubsExactlyTheSlotsWithSpeech() {
    Rehearsal rehearsal = new Rehearsal(new ToneTranslator(), FallbackMode.ORIGINAL, DELAY);

    short[] heard = rehearsal.dub(source());

    assertThat(rehearsal.counts()).isEqualTo(new SlotCounts(5, 25, 0, 0));
    assertThat(rehearsal.meters.count(Meter.AUDIO_FRAGMENTS, "dubbed")).isEqualTo(5);
    assertToneInStep(heard, 3.2);
    assertThat(Arrays.copyOf(heard, 3 * SECOND))
        .as("until 50 ms before the tone")
        .isEqualTo(Arrays.copyOf(source(), 3 * SECOND));
    assertThat(Arrays.copyOfRange(heard, 26 * SECOND, 60 * SECOND))
        .as("from a second after the tone")
        .isEqualTo(Arrays.copyOfRange(source(), 26 * SECOND, 60 * SECOND));
  }

  @Test
  void render_silentTranslator_timesOutWithTheOriginalOnAir() {
    ScriptedTranslator silent = new ScriptedTranslator(chunk -> SendResult.ACCEPTED);
    Rehearsal rehearsal = new Rehearsal(silent, FallbackMode.ORIGINAL, DELAY);

    short[] heard = rehearsal.dub(source());

    assertThat(heard).isEqualTo(source());
    assertFallback(rehearsal, 5, FallbackReason.TIMEOUT);
    assertThat(silent.taken).hasSize(300);
    assertThat(silent.finishes).isEqualTo(1);
    assertThat(silent.closes).isEqualTo(1);
  }

  @Test
  void render_silentTranslatorAndFallbackSilence_mutesTheSlotsWithSpeech() {
    ScriptedTranslator silent = new ScriptedTranslator(chunk -> SendResult.ACCEPTED);
    Rehearsal rehearsal = new Rehearsal(silent, FallbackMode.SILENCE, DELAY);

    short[] heard = rehearsal.dub(source());

    short[] muted = Arrays.copyOfRange(heard, 2 * (2 * SECOND + 2_500), 2 * 5 * SECOND);
    assertThat(muted).containsOnly((short) 0);
    assertThat(Arrays.copyOf(heard, 4 * SECOND)).isEqualTo(Arrays.copyOf(source(), 4 * SECOND));
    assertFallback(rehearsal, 5, FallbackReason.TIMEOUT);
  }

  @Test
  void render_translatorThatThrows_isErrorAndNotCalledAgain() {
    ScriptedTranslator throwing =
        new ScriptedTranslator(
            chunk -> {
              if (chunk.mediaMicros() >= 3_000_000) {
                throw new IllegalStateException("boom");
              }
              return SendResult.ACCEPTED;
            });
    Rehearsal rehearsal = new Rehearsal(throwing, FallbackMode.ORIGINAL, DELAY);

    short[] heard = rehearsal.dub(source());

    assertThat(heard).isEqualTo(source());
    assertFallback(rehearsal, 5, FallbackReason.ERROR);
    assertThat(throwing.taken).hasSize(31);
    assertThat(throwing.finishes).isZero();
    assertThat(throwing.closes).isEqualTo(1);
    assertThat(rehearsal.line().health())
        .hasValueSatisfying(
            health -> {
              assertThat(health.state()).isEqualTo(Health.State.FAILED);
              assertThat(health.reason()).contains("send").doesNotContain("boom");
            });
  }

  @Test
  void render_translatorThatCannotStart_isErrorWithTheOriginalOnAir() {
    ScriptedTranslator unwilling = new ScriptedTranslator(chunk -> SendResult.ACCEPTED);
    DubLine line = line(new ToneTranslator());
    assertThat(line.health()).isEmpty();
    line.start();
    assertThatThrownBy(line::start).isInstanceOf(IllegalStateException.class);
    line.close();

    Rehearsal rehearsal = new Rehearsal(new FailingStart(unwilling), FallbackMode.ORIGINAL, DELAY);
    assertThat(rehearsal.dub(source())).isEqualTo(source());
    assertFallback(rehearsal, 5, FallbackReason.ERROR);
  }

  @Test
  void render_translatorThatSaysItFailed_isErrorUntilItIsReadyAgain() {
    ScriptedTranslator failing = new ScriptedTranslator(chunk -> SendResult.ACCEPTED);
    failing.emitAt(3_500_000, new Health(Health.State.FAILED, "service gone"));
    failing.emitAt(9_000_000, new Health(Health.State.READY, "back"));
    Rehearsal rehearsal = new Rehearsal(failing, FallbackMode.ORIGINAL, DELAY);

    short[] heard = rehearsal.dub(source());

    assertThat(heard).isEqualTo(source());
    assertThat(rehearsal.counts()).isEqualTo(new SlotCounts(0, 25, 5, 0));
    assertThat(rehearsal.meters.count(Meter.FALLBACK, "error")).isEqualTo(3);
    assertThat(rehearsal.meters.count(Meter.FALLBACK, "timeout")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR,error",
    "INVALID_OUTPUT,invalid_output",
    "BREAKER_OPEN,breaker_open",
    "BUDGET,budget",
    "MUTED,muted"
  })
  void render_translatorThatSaysWhyItFails_isCountedByThatReason(Health.Cause cause, String label) {
    ScriptedTranslator failing = new ScriptedTranslator(chunk -> SendResult.ACCEPTED);
    failing.emitAt(100_000, new Health(Health.State.FAILING, cause, "not now"));
    Rehearsal rehearsal = new Rehearsal(failing, FallbackMode.ORIGINAL, DELAY);

    assertThat(rehearsal.dub(source())).isEqualTo(source());

    assertThat(rehearsal.meters.count(Meter.FALLBACK, label)).isEqualTo(5);
  }

  @Test
  void render_translatorThatIsOverloaded_isOverload() {
    ScriptedTranslator overloaded =
        new ScriptedTranslator(
            chunk -> chunk.mediaMicros() < 5_000_000 ? SendResult.OVERLOADED : SendResult.ACCEPTED);
    Rehearsal rehearsal = new Rehearsal(overloaded, FallbackMode.ORIGINAL, DELAY);

    assertThat(rehearsal.dub(source())).isEqualTo(source());

    assertThat(rehearsal.meters.count(Meter.FALLBACK, "overload")).isEqualTo(3);
    assertThat(rehearsal.meters.count(Meter.FALLBACK, "timeout")).isEqualTo(2);
  }

  @Test
  void render_translatorThatLagsLessThanTheDelay_putsVoiceUnderTheLips() {
    ScriptedTranslator slow = lagging(3_000_000);
    Rehearsal rehearsal = new Rehearsal(slow, FallbackMode.ORIGINAL, DELAY);

    short[] heard = rehearsal.dub(source());

    assertThat(rehearsal.counts()).isEqualTo(new SlotCounts(5, 25, 0, 0));
    assertThat(onset(heard, source())).isCloseTo(2 * SECOND, within(DubTrack.LEAD_SAMPLES + 20));
  }

  @Test
  void render_translatorThatLagsMoreThanTheDelay_playsAllOfItLate() {
    ScriptedTranslator slow = lagging(8_000_000);
    Rehearsal rehearsal = new Rehearsal(slow, FallbackMode.ORIGINAL, DELAY);

    short[] heard = rehearsal.dub(source());

    // speech of seconds 2–4 is heard from second 4 on, that of 10 and 11 from second 12 on
    assertThat(onset(heard, source())).isBetween(4 * SECOND - 4_800, 4 * SECOND + 9_600);
    assertThat(rehearsal.meters.count(Meter.FALLBACK, "timeout")).isBetween(2L, 4L);
    assertThat(rehearsal.counts().dubbed()).isBetween(5L, 7L);
    assertThat(rehearsal.counts().onAir()).isEqualTo(30);
  }

  @Test
  void render_translatorThatFloods_isBoundedAndEndsInTheOriginal() {
    DubAudio minute = new DubAudio(new short[60 * 24_000], OptionalLong.empty());
    Arrays.fill(minute.samples(), (short) 3_000);
    ScriptedTranslator[] flooding = new ScriptedTranslator[1];
    flooding[0] =
        new ScriptedTranslator(
            chunk -> {
              if (chunk.mediaMicros() < 1_000_000) {
                flooding[0].emit(minute);
              }
              return SendResult.ACCEPTED;
            });
    Rehearsal rehearsal = new Rehearsal(flooding[0], FallbackMode.ORIGINAL, DELAY);
    short[] source = new SourceSound(60, 60).speech(2, 5, 8_000).stereo();

    short[] heard = rehearsal.dub(source);

    assertThat(rehearsal.line().droppedDub()).isGreaterThan(Duration.ofSeconds(560));
    assertThat(rehearsal.counts().onAir()).isEqualTo(60);
    assertThat(Arrays.copyOfRange(heard, 2 * 45 * SECOND, 2 * 60 * SECOND))
        .isEqualTo(Arrays.copyOfRange(source, 2 * 45 * SECOND, 2 * 60 * SECOND));
  }

  @Test
  void render_translatorThatTalksNonsense_changesNothing() {
    ScriptedTranslator[] mad = new ScriptedTranslator[1];
    mad[0] =
        new ScriptedTranslator(
            chunk -> {
              mad[0].emit(new DubAudio(new short[0], OptionalLong.of(Long.MIN_VALUE)));
              mad[0].emit(new DubAudio(new short[10], OptionalLong.of(Long.MAX_VALUE)));
              return SendResult.ACCEPTED;
            });
    Rehearsal rehearsal = new Rehearsal(mad[0], FallbackMode.ORIGINAL, DELAY);

    assertThat(rehearsal.dub(source())).isEqualTo(source());
    assertFallback(rehearsal, 5, FallbackReason.TIMEOUT);
    assertThat(rehearsal.line().health()).isEmpty();
  }

  @Test
  void render_translatorClosedByItself_isError() {
    ScriptedTranslator gone = new ScriptedTranslator(chunk -> SendResult.CLOSED);
    Rehearsal rehearsal = new Rehearsal(gone, FallbackMode.ORIGINAL, DELAY);

    assertThat(rehearsal.dub(source())).isEqualTo(source());
    assertFallback(rehearsal, 5, FallbackReason.ERROR);
  }

  @Test
  void render_voiceWithoutSourceTime_beginsWithTheSpeechInFlight() {
    ScriptedTranslator unaware = new ScriptedTranslator(chunk -> SendResult.ACCEPTED);
    short[] second = new short[24_000];
    Arrays.fill(second, (short) 2_000);
    unaware.emitAt(5_000_000, new DubAudio(second, OptionalLong.empty()));
    unaware.emitAt(5_100_000, new DubAudio(second, OptionalLong.empty()));
    Rehearsal rehearsal = new Rehearsal(unaware, FallbackMode.ORIGINAL, DELAY);

    short[] heard = rehearsal.dub(source());

    assertThat(onset(heard, source())).isCloseTo(2 * SECOND, within(9_600));
    assertThat(rehearsal.counts().dubbed()).isEqualTo(2);
    assertThat(rehearsal.counts().fallback()).isEqualTo(3);
  }

  @Test
  void close_inMidSlot_countsItAndIgnoresWhatComesAfter() {
    ScriptedTranslator late = new ScriptedTranslator(chunk -> SendResult.ACCEPTED);
    DubLine line = line(late);
    line.start();
    line.feed(0, new short[2 * SECOND], SECOND);
    line.render(0, new short[2 * 1_000], 1_000);

    line.close();
    line.close();
    line.feed(SECOND, new short[2 * SECOND], SECOND);
    line.finish();
    line.render(1_000, new short[2 * SECOND], SECOND);
    late.emit(new Health(Health.State.READY, "too late"));

    assertThat(line.counts().onAir()).isEqualTo(1);
    assertThat(line.health()).isEmpty();
    assertThat(late.closes).isEqualTo(1);
    assertThat(late.finishes).isZero();
  }

  @Test
  void feed_afterLostInput_goesOnAtTheNewPlace() {
    DubLine line = line(new ToneTranslator());
    short[] speech = new SourceSound(3, 60).speech(1, 3, 8_000).stereo();
    line.start();
    line.feed(0, speech, 3 * SECOND);
    renderSilence(line, 0, 18);
    line.feed(20L * SECOND, speech, 3 * SECOND);
    line.finish();
    renderSilence(line, 18, 24);

    assertThat(line.counts()).isEqualTo(new SlotCounts(4, 20, 0, 0));
  }

  private static void renderSilence(DubLine line, int fromSecond, int toSecond) {
    for (long second = fromSecond; second < toSecond; second++) {
      line.render(second * SECOND, new short[2 * SECOND], SECOND);
    }
  }

  private static DubLine line(Translator translator) {
    return new DubLine(
        translator,
        new DubLineSettings(
            Duration.ofSeconds(1), FallbackMode.ORIGINAL, -18, PlayoutDelay.fixed(DELAY)),
        MeterSink.NONE);
  }

  /** Says 100 ms of a steady voice for each chunk with speech in it, that much later. */
  private static ScriptedTranslator lagging(long lagMicros) {
    ScriptedTranslator[] slow = new ScriptedTranslator[1];
    slow[0] =
        new ScriptedTranslator(
            chunk -> {
              long second = chunk.mediaMicros() / 1_000_000;
              if ((second >= 2 && second < 5) || second == 10 || second == 11) {
                slow[0].emitAt(chunk.mediaMicros() + lagMicros, voiceFor(chunk));
              }
              return SendResult.ACCEPTED;
            });
    return slow[0];
  }

  private static DubAudio voiceFor(SpeechChunk chunk) {
    short[] voice = new short[2_400];
    Arrays.fill(voice, (short) 2_000);
    return new DubAudio(voice, OptionalLong.of(chunk.mediaMicros()));
  }

  private static void assertFallback(Rehearsal rehearsal, int slots, FallbackReason reason) {
    assertThat(rehearsal.counts()).isEqualTo(new SlotCounts(0, 30 - slots, slots, 0));
    assertThat(rehearsal.meters.count(Meter.AUDIO_FRAGMENTS, "fallback")).isEqualTo(slots);
    assertThat(rehearsal.meters.count(Meter.FALLBACK, reason.label())).isEqualTo(slots);
  }

  /** First frame at which what is heard is not the source. */
  private static int onset(short[] heard, short[] source) {
    return Arrays.mismatch(heard, source) / 2;
  }

  /** The tone's phase is that of media time, within a twentieth of its amplitude. */
  private static void assertToneInStep(short[] heard, double second) {
    double sine = 0;
    double cosine = 0;
    int from = SourceSound.samples(second);
    for (int n = from; n < from + 4_800; n++) {
      double angle = 2 * Math.PI * ToneTranslator.TONE_HZ * n / SECOND;
      sine += heard[2 * n] * Math.sin(angle) / 2_400;
      cosine += heard[2 * n] * Math.cos(angle) / 2_400;
    }
    assertThat(sine).isCloseTo(ToneTranslator.AMPLITUDE, within(ToneTranslator.AMPLITUDE / 20));
    assertThat(cosine).isCloseTo(0, within(ToneTranslator.AMPLITUDE / 20));
  }

  /** A translator that throws when it is started. */
  private record FailingStart(ScriptedTranslator inner) implements Translator {
    @Override
    public void start(TranslatorListener listener) {
      throw new IllegalArgumentException("no key");
    }

    @Override
    public SendResult send(SpeechChunk chunk) {
      return inner.send(chunk);
    }

    @Override
    public void finish() {
      inner.finish();
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
