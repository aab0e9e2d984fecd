package dev.livedub.core.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.livedub.core.config.FallbackMode;
import dev.livedub.core.pcm.Pcm16;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DubMixerTest {

  private static final int SECOND = 48_000;
  private static final int STEADY = 10_000;

  /** How much of that is voice. */
  private static final int VOICE = 7_000;

  /** The duck's ratio at −18 dB. */
  private static final double DUCKED = Math.pow(10, -18 / 20.0);

  @ParameterizedTest
  @ValueSource(ints = {1, 47, 1_024, 4_800})
  void mix_noDub_changesNoSample(int block) {
    short[] source = noise(SECOND);
    source[0] = Short.MIN_VALUE;
    source[1] = Short.MAX_VALUE;

    Mixed mixed = mix(FallbackMode.ORIGINAL, source, new short[SECOND], block, true);

    assertThat(mixed.heard).isEqualTo(source);
    assertThat(mixed.audible).isZero();
  }

  @Test
  void mix_silentDub_changesNoSample() {
    short[] source = noise(SECOND);
    source[0] = Short.MIN_VALUE;
    DubMixer mixer = new DubMixer(-18, FallbackMode.ORIGINAL);
    short[] heard = source.clone();

    mixer.mix(0, heard, 0, SECOND, SECOND, new short[SECOND + DubMixer.LOOK_AHEAD], 0, true, true);

    assertThat(heard).isEqualTo(source);
  }

  @ParameterizedTest
  @ValueSource(ints = {240, 1_024, 7_777})
  void mix_audibleDub_ducksBeforeItAndReleasesAfterIt(int block) {
    short[] dub = new short[4 * SECOND];
    fillSquare(dub, SECOND, 2 * SECOND, 500);

    Mixed mixed = mix(FallbackMode.ORIGINAL, steady(4 * SECOND), dub, block, false);

    assertThat(mixed.left(SECOND - 2_500)).isEqualTo(STEADY);
    assertThat(mixed.left(SECOND - 1)).isCloseTo((int) Math.round(STEADY * DUCKED), within(20));
    assertThat(mixed.left(3 * SECOND / 2) - dub[3 * SECOND / 2])
        .isCloseTo((int) Math.round(STEADY * DUCKED), within(2));
    assertThat(mixed.left(2 * SECOND + 19_000))
        .as("held 400 ms")
        .isCloseTo((int) Math.round(STEADY * DUCKED), within(2));
    assertThat(mixed.left(2 * SECOND + 19_200 + 9_600))
        .as("half way back in dB")
        .isCloseTo((int) Math.round(STEADY * Math.sqrt(DUCKED)), within(60));
    assertThat(mixed.left(2 * SECOND + 19_200 + 19_200 + 100)).isEqualTo(STEADY);
    assertThat(mixed.audible).isEqualTo(SECOND);
  }

  @Test
  void mix_afterDub_isBitIdenticalAgain() {
    short[] source = noise(4 * SECOND);
    short[] dub = new short[4 * SECOND];
    fillSquare(dub, SECOND, 2 * SECOND, 500);

    Mixed mixed = mix(FallbackMode.ORIGINAL, source, dub, 1_000, false);

    assertThat(Arrays.copyOfRange(mixed.heard, 6 * SECOND, 8 * SECOND))
        .isEqualTo(Arrays.copyOfRange(source, 6 * SECOND, 8 * SECOND));
    assertThat(Arrays.copyOf(mixed.heard, SECOND)).isEqualTo(Arrays.copyOf(source, SECOND));
  }

  @ParameterizedTest
  @EnumSource(FallbackMode.class)
  void mix_untranslatedSpeech_isPlayedAsTheFallbackSays(FallbackMode fallback) {
    Mixed mixed = mix(fallback, steady(4 * SECOND), new short[4 * SECOND], 1_024, true);

    double gain =
        switch (fallback) {
          case ORIGINAL -> 1;
          case BACKGROUND, DUCKED_ORIGINAL -> DUCKED;
          case SILENCE -> 0;
        };
    assertThat(mixed.left(2 * SECOND - 1)).isCloseTo((int) Math.round(STEADY * gain), within(2));
    assertThat(mixed.left(4 * SECOND - 1)).as("after it").isEqualTo(STEADY);
    assertThat(mixed.largestStep()).as("no click").isLessThan(STEADY / 100);
  }

  @Test
  void mix_dubAndFallbackInTurn_neverStepsByMoreThanARamp() {
    short[] dub = new short[4 * SECOND];
    fillSquare(dub, SECOND / 2, SECOND, 105);
    fillSquare(dub, 3 * SECOND / 2, 3 * SECOND / 2 + 4_000, 105);
    fillSquare(dub, 2 * SECOND + 1_000, 3 * SECOND, 105);

    Mixed mixed = mix(FallbackMode.SILENCE, steady(4 * SECOND), dub, 333, true);

    assertThat(mixed.largestStep()).isLessThan(STEADY / 100 + 2 * 105);
  }

  @Test
  void mix_loudDubOverLoudOriginal_staysBelowTheCeiling() {
    short[] source = steady(3 * SECOND);
    Arrays.fill(source, (short) 32_000);
    short[] dub = new short[3 * SECOND];
    for (int n = SECOND; n < 2 * SECOND; n++) {
      dub[n] = (short) Math.round(32_767 * Math.sin(2 * Math.PI * 200 * n / SECOND));
    }

    Mixed mixed = mix(FallbackMode.ORIGINAL, source, dub, 1_024, false);

    for (int n = SECOND; n < 2 * SECOND - 48; n++) {
      assertThat(Math.abs(mixed.left(n)))
          .isLessThanOrEqualTo((int) Math.ceil(TruePeakLimiter.CEILING));
    }
    assertThat(mixed.left(3 * SECOND - 1)).isEqualTo(32_000);
  }

  @Test
  void mix_noDuckingAndBothAtFullScale_neverWraps() {
    short[] source = new short[2 * SECOND];
    Arrays.fill(source, Short.MIN_VALUE);
    short[] dub = new short[SECOND];
    Arrays.fill(dub, Short.MIN_VALUE);
    DubMixer mixer = new DubMixer(0, FallbackMode.ORIGINAL);

    mixer.mix(0, source, 0, SECOND / 2, SECOND / 2, dub, 0, true, false);

    assertThat(Arrays.copyOf(source, SECOND)).doesNotContain((short) 0);
    assertThat(Pcm16.peak(source, 0, SECOND)).isLessThanOrEqualTo(32_768);
    for (int n = 0; n < SECOND; n++) {
      assertThat(source[n]).isLessThan((short) -20_000);
    }
  }

  @Test
  void mix_voiceIsKnown_takesItOutAndLeavesTheRestAtItsLevel() {
    short[] dub = new short[4 * SECOND];
    fillSquare(dub, SECOND, 2 * SECOND, 500);

    Mixed mixed = mixKnowing(FallbackMode.ORIGINAL, dub, 333, false, at -> true);

    assertThat(mixed.left(SECOND - 2_500)).isEqualTo(STEADY);
    assertThat(mixed.left(SECOND - 1)).isCloseTo(STEADY - VOICE, within(2));
    assertThat(mixed.left(3 * SECOND / 2) - dub[3 * SECOND / 2])
        .isCloseTo(STEADY - VOICE, within(1));
    assertThat(mixed.left(2 * SECOND + 19_000)).as("held").isCloseTo(STEADY - VOICE, within(1));
    assertThat(mixed.left(2 * SECOND + 39_000)).as("as it was").isEqualTo(STEADY);
    assertThat(mixed.largestStep()).isLessThan(STEADY / 100 + 2 * 500);
  }

  @Test
  void mix_separationFailsUnderADubAndWorksAgain_crossFadesToTheDuckAndBack() {
    short[] dub = new short[4 * SECOND];
    fillSquare(dub, SECOND / 2, 4 * SECOND, 105);

    Mixed mixed =
        mixKnowing(FallbackMode.ORIGINAL, dub, 480, false, at -> at < SECOND || at >= 2 * SECOND);

    assertThat(mixed.left(SECOND - 1)).isCloseTo(STEADY - VOICE, within(110));
    assertThat(mixed.left(2 * SECOND - 1))
        .isCloseTo((int) Math.round(STEADY * DUCKED), within(110));
    assertThat(mixed.left(3 * SECOND - 1)).isCloseTo(STEADY - VOICE, within(110));
    assertThat(mixed.largestStep()).isLessThan(STEADY / 100 + 2 * 105);
  }

  @Test
  void mix_fallbackIsBackgroundAndVoiceIsKnown_playsTheOriginalWithoutIt() {
    Mixed mixed =
        mixKnowing(FallbackMode.BACKGROUND, new short[4 * SECOND], 1_024, true, at -> true);

    assertThat(mixed.left(2 * SECOND - 1)).isCloseTo(STEADY - VOICE, within(2));
    assertThat(mixed.left(4 * SECOND - 1)).as("after it").isEqualTo(STEADY);
    assertThat(mixed.largestStep()).isLessThan(STEADY / 100);
  }

  /** What came out. */
  private record Mixed(short[] heard, int audible) {
    int left(int frame) {
      return heard[2 * frame];
    }

    int largestStep() {
      int largest = 0;
      for (int n = 1; n < heard.length / 2; n++) {
        largest = Math.max(largest, Math.abs(left(n) - left(n - 1)));
      }
      return largest;
    }
  }

  /** Mixes in blocks; the first half is untranslated speech if so said. */
  private static Mixed mix(
      FallbackMode fallback, short[] source, short[] dub, int block, boolean speech) {
    DubMixer mixer = new DubMixer(-18, fallback);
    short[] heard = source.clone();
    short[] ahead = Arrays.copyOf(dub, dub.length + DubMixer.LOOK_AHEAD + 48);
    int frames = source.length / 2;
    int audible = 0;
    for (int at = 0; at < frames; at += block) {
      int part = Math.min(block, frames - at);
      boolean any = Pcm16.peak(ahead, at, at + part + DubMixer.LOOK_AHEAD) > 0;
      boolean untranslated = speech && at < frames / 2;
      audible += mixer.mix(at, heard, at, part, frames - at, ahead, at, any, untranslated);
    }
    return new Mixed(heard, audible);
  }

  /** Mixes over a steady original, a part of which is voice; the first half may be speech. */
  private static Mixed mixKnowing(
      FallbackMode fallback, short[] dub, int block, boolean speech, IntPredicate works) {
    DubMixer mixer = new DubMixer(-18, fallback);
    int frames = dub.length;
    short[] heard = steady(frames);
    float[] voice = new float[2 * (frames + DubMixer.ORIGINAL_AHEAD)];
    Arrays.fill(voice, VOICE);
    short[] ahead = Arrays.copyOf(dub, dub.length + DubMixer.LOOK_AHEAD + block);
    for (int at = 0; at < frames; at += block) {
      int part = Math.min(block, frames - at);
      mixer.setVoice(voice, works.test(at));
      boolean any = Pcm16.peak(ahead, at, at + part + DubMixer.LOOK_AHEAD) > 0;
      mixer.mix(at, heard, at, part, frames - at, ahead, at, any, speech && at < frames / 2);
    }
    return new Mixed(heard, 0);
  }

  private static short[] steady(int frames) {
    short[] stereo = new short[2 * frames];
    Arrays.fill(stereo, (short) STEADY);
    return stereo;
  }

  private static short[] noise(int frames) {
    Random random = new Random(11);
    short[] stereo = new short[2 * frames];
    for (int i = 0; i < stereo.length; i++) {
      stereo[i] = (short) random.nextInt(-32_768, 32_768);
    }
    return stereo;
  }

  private static void fillSquare(short[] dub, int from, int to, int peak) {
    for (int n = from; n < to; n++) {
      dub[n] = (short) (n / 24 % 2 == 0 ? peak : -peak);
    }
  }
}
