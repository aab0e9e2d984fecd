package dev.livedub.core.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds whatever the network says; how well it separates is measured on recordings. */
class VoiceRemoverTest {

  private static final int RATE = 48_000;

  @Test
  void tell_silence_holdsNoVoice() {
    float[] voice = tell(new short[4 * RATE], 1_024, 0);

    assertThat(voice).containsOnly(0f);
  }

  @ParameterizedTest
  @ValueSource(ints = {240, 1_000, 7_777})
  void tell_piecesOfAnyLength_areOneVoice(int piece) {
    short[] stereo = vowels(2);

    float[] expected = tell(stereo, 1_024, 0);

    assertThat(energy(expected)).as("some voice").isPositive();
    assertThat(tell(stereo, piece, 0)).containsExactly(expected, within(0.01f));
  }

  @Test
  void tell_voiceInTheMiddle_isTheSameOnBothSides() {
    float[] voice = tell(vowels(2), 1_024, 0);

    assertThat(energy(voice)).isPositive();
    for (int i = 0; i < voice.length; i += 2) {
      assertThat(voice[i]).isCloseTo(voice[i + 1], within(0.01f));
    }
  }

  @Test
  void tell_afterARest_goesOnWithoutAStep() {
    short[] stereo = vowels(4);
    int back = 2 * RATE;

    float[] always = tell(stereo, 1_024, 0);
    float[] rested = tell(stereo, 1_024, back);

    double difference = 0;
    for (int i = 2 * back; i < always.length; i++) {
      difference += Math.pow(always[i] - rested[i], 2);
    }
    float[] same = Arrays.copyOfRange(always, 2 * back, always.length);
    assertThat(difference).isLessThan(energy(same) / 10);
  }

  @Test
  void tell_originalEndsEarlier_isToldToItsEnd() {
    VoiceRemover remover = new VoiceRemover();
    short[] stereo = vowels(1);

    remover.hear(0, stereo, RATE);
    float[] voice = remover.tell(0, RATE, true);

    for (int i = 0; i < 2 * RATE; i++) {
      assertThat(Float.isFinite(voice[i])).isTrue();
    }
  }

  @Test
  void hear_gap_beginsAnew() {
    VoiceRemover remover = new VoiceRemover();
    short[] stereo = vowels(1);
    remover.hear(0, stereo, RATE);
    remover.tell(0, 1_024, true);

    remover.hear(100L * RATE, new short[2 * RATE], RATE);
    float[] voice = remover.tell(100L * RATE, 1_024, true);

    assertThat(Arrays.copyOf(voice, 2_048)).containsOnly(0f);
  }

  @Test
  void works_soundFarToOneSideThatIsSaidToBeSpeech_fails() {
    VoiceRemover remover = new VoiceRemover();
    short[] noise = new short[2 * 6 * RATE];
    Random random = new Random(5);
    for (int i = 0; i < noise.length; i += 2) {
      noise[i] = (short) (random.nextGaussian() * 3_000);
      noise[i + 1] = (short) (random.nextGaussian() * 3_000);
    }

    run(remover, 0, noise, 1_024, 0);

    assertThat(remover.works()).as("nothing of it is a voice in the middle").isFalse();
  }

  /** Tells all but the last look-ahead, from {@code firstAsked} on. */
  private static float[] tell(short[] stereo, int piece, int firstAsked) {
    return run(new VoiceRemover(), 0, stereo, piece, firstAsked);
  }

  private static float[] run(
      VoiceRemover remover, long at, short[] stereo, int piece, int firstAsked) {
    int frames = stereo.length / 2 - VoiceRemover.LOOK_AHEAD;
    float[] voice = new float[2 * frames];
    for (int from = 0; from < frames; from += piece) {
      int part = Math.min(piece, frames - from);
      int known = part + VoiceRemover.LOOK_AHEAD;
      remover.hear(at + from, Arrays.copyOfRange(stereo, 2 * from, 2 * (from + known)), known);
      if (from >= firstAsked) {
        float[] told = remover.tell(at + from, part, true);
        System.arraycopy(told, 0, voice, 2 * from, 2 * part);
      }
    }
    return voice;
  }

  private static double energy(float[] samples) {
    double sum = 0;
    for (float sample : samples) {
      sum += (double) sample * sample;
    }
    return sum;
  }

  /**
   * Something voiced: harmonics of a wavering pitch under two formants, four syllables a second.
   */
  private static short[] vowels(int seconds) {
    short[] stereo = new short[2 * seconds * RATE];
    double phase = 0;
    for (int n = 0; n < stereo.length / 2; n++) {
      double time = (double) n / RATE;
      double pitch = 130 + 20 * Math.sin(2 * Math.PI * 1.3 * time);
      phase += 2 * Math.PI * pitch / RATE;
      double sum = 0;
      for (int k = 1; k < 25; k++) {
        double hz = k * pitch;
        double formants =
            1 / (1 + Math.pow((hz - 600) / 150, 2)) + 0.4 / (1 + Math.pow((hz - 1_700) / 200, 2));
        sum += formants * Math.sin(k * phase);
      }
      double syllable = Math.pow(Math.sin(Math.PI * 4 * time), 2);
      short value = (short) Math.round(4_000 * syllable * sum);
      stereo[2 * n] = value;
      stereo[2 * n + 1] = value;
    }
    return stereo;
  }
}
