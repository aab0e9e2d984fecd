package dev.livedub.core.dub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.livedub.core.config.FallbackMode;
import dev.livedub.core.slot.FallbackReason;
import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.ToneTranslator;
import dev.livedub.core.worker.Meter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator changes while sound flows: mute, bypass and ducking. */
class DubLineLiveTest {

  private static final Duration DELAY = Duration.ofSeconds(6);
  private static final int SECOND = 48_000;
  private static final int ORIGINAL_PEAK = 4_000;

  /** A change at 12 s of source, when 6 s are on air. */
  private static final int AT = 12 * SECOND;

  private static final int ON_AIR = 6 * SECOND;

  private enum Change {
    MUTE,
    BYPASS,
    DUCK_LESS,
    DUCK_MORE,
    NO_DUCK,
    MUTE_AND_BACK_AT_ONCE;

    void make(DubLine line) {
      switch (this) {
        case MUTE -> line.setMuted(true);
        case BYPASS -> line.setBypass(true);
        case DUCK_LESS -> line.setDuckDb(-6);
        case DUCK_MORE -> line.setDuckDb(-60);
        case NO_DUCK -> line.setDuckDb(0);
        case MUTE_AND_BACK_AT_ONCE -> {
          line.setMuted(true);
          line.setMuted(false);
        }
      }
    }

    void undo(DubLine line) {
      line.setMuted(false);
      line.setBypass(false);
      line.setDuckDb(-18);
    }
  }

  @ParameterizedTest
  @EnumSource(Change.class)
  void anyChange_underTheDub_isWithoutClickBothWays(Change change) {
    LaggingTranslator tone = tone(3_000_000);
    Rehearsal rehearsal = new Rehearsal(tone, FallbackMode.ORIGINAL, DELAY);
    Switch when = new Switch(AT, AT + 4 * SECOND);

    short[] heard =
        rehearsal.dub(
            sine(24),
            (sample, line) -> {
              tone.advance(micros(sample));
              when.at(sample, () -> change.make(line), () -> change.undo(line));
            });

    assertThat(when.times).as("changes made").isEqualTo(2);
    assertThat(Clicks.largest(heard)).isLessThan(Clicks.BOUND);
    assertThat(rehearsal.counts().onAir()).isEqualTo(24);
  }

  @Test
  void clicks_aCut_isFound() {
    short[] cut = sine(2);
    Arrays.fill(cut, SECOND + 100, 2 * SECOND, (short) 0);

    assertThat(Clicks.largest(cut)).isGreaterThan(Clicks.BOUND);
  }

  @Test
  void setMuted_underTheDub_leavesTheOriginalAtOnceAndSendsNothing() {
    LaggingTranslator tone = tone(3_000_000);
    Rehearsal rehearsal = new Rehearsal(tone, FallbackMode.ORIGINAL, DELAY);
    Switch when = new Switch(AT, AT + 4 * SECOND);
    short[] source = sine(30);

    short[] heard =
        rehearsal.dub(
            source,
            (sample, line) -> {
              tone.advance(micros(sample));
              when.at(sample, () -> line.setMuted(true), () -> line.setMuted(false));
            });

    assertThat(tone.taken).doesNotHaveDuplicates().isSorted();
    assertThat(tone.taken)
        .noneMatch(micros -> micros >= 12_100_000 && micros < 15_900_000)
        .contains(11_800_000L, 16_100_000L, 29_900_000L);
    assertThat(tone.mutes).containsExactly(true, false);
    assertThat(level(heard, 440, 5)).as("the tone before").isGreaterThan(5_000);
    assertThat(Arrays.copyOfRange(heard, 2 * (ON_AIR + SECOND), 2 * (ON_AIR + 4 * SECOND)))
        .as("the original, a second after")
        .isEqualTo(Arrays.copyOfRange(source, 2 * (ON_AIR + SECOND), 2 * (ON_AIR + 4 * SECOND)));
    assertThat(level(heard, 440, 11)).as("what was translated before").isGreaterThan(5_000);
    assertThat(level(heard, 440, 14)).as("what was never sent").isLessThan(5);
    assertThat(level(heard, 440, 18)).as("what was sent since").isGreaterThan(5_000);
  }

  @Test
  void setMuted_whileSomebodySpeaks_countsTheSlotsAsMuted() {
    short[] source = new SourceSound(30, 60).speech(2, 28, 8_000).stereo();
    Rehearsal rehearsal = new Rehearsal(new ToneTranslator(), FallbackMode.SILENCE, DELAY);
    Switch when = new Switch(AT, AT + 4 * SECOND);

    short[] heard =
        rehearsal.dub(
            source,
            (sample, line) ->
                when.at(sample, () -> line.setMuted(true), () -> line.setMuted(false)));

    // on air muted from second 6 to 10; not sent from second 12 to 16
    assertThat(rehearsal.meters.count(Meter.FALLBACK, "muted")).isBetween(6L, 9L);
    for (FallbackReason reason : FallbackReason.values()) {
      if (reason != FallbackReason.MUTED) {
        assertThat(rehearsal.meters.count(Meter.FALLBACK, reason.label()))
            .as(reason.label())
            .isZero();
      }
    }
    assertThat(rehearsal.counts().dubbed()).isBetween(17L, 20L);
    assertThat(rehearsal.counts().onAir()).isEqualTo(30);
    short[] muted = Arrays.copyOfRange(heard, 2 * (7 * SECOND), 2 * (9 * SECOND));
    assertThat(muted).as("the fallback").containsOnly((short) 0);
  }

  @Test
  void setBypass_whateverTheFallback_isTheOriginalBitForBit() {
    short[] source = new SourceSound(30, 60).speech(2, 28, 8_000).stereo();
    Rehearsal rehearsal = new Rehearsal(new ToneTranslator(), FallbackMode.SILENCE, DELAY);
    Switch when = new Switch(AT, AT + 10 * SECOND);

    short[] heard =
        rehearsal.dub(
            source,
            (sample, line) ->
                when.at(sample, () -> line.setBypass(true), () -> line.setBypass(false)));

    int from = 2 * (ON_AIR + SECOND);
    int to = 2 * (ON_AIR + 10 * SECOND);
    assertThat(Arrays.copyOfRange(heard, from, to)).isEqualTo(Arrays.copyOfRange(source, from, to));
    assertThat(Arrays.mismatch(heard, source)).isLessThan(2 * ON_AIR);
    assertThat(rehearsal.meters.count(Meter.FALLBACK, "muted")).isBetween(14L, 17L);
    assertThat(rehearsal.counts().fallback())
        .isEqualTo(rehearsal.meters.count(Meter.FALLBACK, "muted"));
  }

  @Test
  void setDuckDb_underTheDub_movesTheOriginalToTheNewLevel() {
    LaggingTranslator tone = tone(3_000_000);
    Rehearsal rehearsal = new Rehearsal(tone, FallbackMode.ORIGINAL, DELAY);
    Switch when = new Switch(AT, AT + 4 * SECOND);

    short[] heard =
        rehearsal.dub(
            sine(24),
            (sample, line) -> {
              tone.advance(micros(sample));
              when.at(sample, () -> line.setDuckDb(-6), () -> line.setDuckDb(-24));
            });

    assertThat(level(heard, 300, 5)).isCloseTo(ORIGINAL_PEAK * 0.1259, within(30.0));
    assertThat(level(heard, 300, 8)).isCloseTo(ORIGINAL_PEAK * 0.5012, within(30.0));
    assertThat(level(heard, 300, 12)).isCloseTo(ORIGINAL_PEAK * 0.0631, within(30.0));
    assertThat(level(heard, 440, 12)).as("the dub").isCloseTo(level(heard, 440, 5), within(30.0));
  }

  @Test
  void changes_beforeTheStart_holdFromTheFirstSample() {
    LaggingTranslator tone = tone(1_000_000);
    Rehearsal rehearsal = new Rehearsal(tone, FallbackMode.SILENCE, DELAY);
    rehearsal.line().setBypass(true);
    short[] source = sine(10);

    assertThat(rehearsal.dub(source)).isEqualTo(source);
    assertThat(tone.taken).isEmpty();
    assertThat(tone.mutes).containsExactly(true);
  }

  @Test
  void changes_afterTheEnd_changeNothing() {
    Rehearsal rehearsal = new Rehearsal(tone(1_000_000), FallbackMode.ORIGINAL, DELAY);
    rehearsal.dub(sine(10));
    LaggingTranslator late = tone(0);

    rehearsal.line().setMuted(true);
    rehearsal.line().setBypass(true);
    rehearsal.line().setDuckDb(-3);
    rehearsal.line().replace(late, started -> {});

    assertThat(late.started).isFalse();
    assertThat(late.closed).isTrue();
    assertThatThrownBy(() -> rehearsal.line().setDuckDb(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.0");
  }

  private static LaggingTranslator tone(long lagMicros) {
    return new LaggingTranslator(lagMicros, DubLineLiveTest::tone);
  }

  /** 440 Hz whose phase is that of media time. */
  static short[] tone(SpeechChunk chunk) {
    short[] tone = new short[chunk.samples().length * 3 / 2];
    for (int i = 0; i < tone.length; i++) {
      double seconds = chunk.mediaMicros() / 1e6 + i / 24_000.0;
      tone[i] = (short) Math.round(5_800 * Math.sin(2 * Math.PI * 440 * seconds));
    }
    return tone;
  }

  /** 300 Hz in both channels. */
  static short[] sine(int seconds) {
    short[] stereo = new short[2 * seconds * SECOND];
    for (int n = 0; n < stereo.length / 2; n++) {
      short value = (short) Math.round(ORIGINAL_PEAK * Math.sin(2 * Math.PI * 300 * n / SECOND));
      stereo[2 * n] = value;
      stereo[2 * n + 1] = value;
    }
    return stereo;
  }

  static long micros(long sample) {
    return sample * 1_000_000 / SECOND;
  }

  /** Amplitude of a frequency in the second half of a second. */
  private static double level(short[] stereo, double hz, int second) {
    double sine = 0;
    double cosine = 0;
    int from = second * SECOND + SECOND / 2;
    for (int n = from; n < from + SECOND / 2; n++) {
      sine += stereo[2 * n] * Math.sin(2 * Math.PI * hz * n / SECOND);
      cosine += stereo[2 * n] * Math.cos(2 * Math.PI * hz * n / SECOND);
    }
    return Math.hypot(sine, cosine) / (SECOND / 4.0);
  }

  /** Does something once, and something else later. */
  private static final class Switch {
    private final List<Integer> samples;
    private int times;

    Switch(int first, int second) {
      samples = List.of(first, second);
    }

    void at(long sample, Runnable first, Runnable second) {
      if (times < 2 && sample >= samples.get(times)) {
        (times++ == 0 ? first : second).run();
      }
    }
  }
}
