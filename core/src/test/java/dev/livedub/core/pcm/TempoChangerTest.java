package dev.livedub.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TempoChangerTest {

  private static final int RATE_HZ = 24_000;
  private static final int SECOND = RATE_HZ;

  @ParameterizedTest
  @ValueSource(ints = {1, 480, 6_000})
  void process_tempoOne_touchesNoSample(int piece) {
    short[] voice = vowel(SECOND, 140);

    assertThat(change(voice, piece, 1)).isEqualTo(voice);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.05, 1.1, 1.25})
  void process_voice_isShorterByTheTempo(double tempo) {
    short[] voice = vowel(10 * SECOND, 140);

    short[] faster = change(voice, 6_000, tempo);

    assertThat(faster.length).isCloseTo((int) (voice.length / tempo), within(TempoChanger.HOLD));
  }

  @ParameterizedTest
  @ValueSource(doubles = {90, 140, 220, 310})
  void process_voice_keepsPitchLevelAndWaveform(double pitchHz) {
    short[] voice = vowel(4 * SECOND, pitchHz);

    short[] faster = change(voice, 6_000, 1.25);

    assertThat(pitchHz(faster)).isCloseTo(pitchHz(voice), within(pitchHz * 0.01));
    assertThat(rms(faster)).isCloseTo(rms(voice), within(rms(voice) * 0.05));
    assertThat(largestStep(faster))
        .as("no click: no step larger than the voice's own")
        .isLessThanOrEqualTo((int) (largestStep(voice) * 1.1));
  }

  @Test
  void process_backToTempoOne_goesOnWithoutLoss() {
    TempoChanger changer = new TempoChanger();
    short[] voice = vowel(SECOND, 140);
    short[] out = new short[TempoChanger.MAX_PIECE + TempoChanger.HOLD];
    int fast = changer.process(voice, 0, 6_000, 1.25, out);
    int rest = 0;
    for (int from = 6_000; from < SECOND; from += 6_000) {
      rest += changer.process(voice, from, 6_000, 1, out);
    }
    rest += changer.flush(out);

    assertThat(fast + rest).isCloseTo(SECOND - 6_000 / 5, within(TempoChanger.LONGEST_PERIOD));
  }

  @Test
  void process_silenceAndNoise_isShortenedToo() {
    assertThat(change(new short[SECOND], 6_000, 1.25).length)
        .isCloseTo(SECOND * 4 / 5, within(TempoChanger.HOLD));
    short[] noise = new short[2 * SECOND];
    Random random = new Random(3);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (short) (random.nextGaussian() * 3_000);
    }
    assertThat(change(noise, 6_000, 1.25).length)
        .isCloseTo(2 * SECOND * 4 / 5, within(2 * TempoChanger.HOLD));
  }

  @Test
  void process_slower_isRefused() {
    short[] out = new short[1_000];
    assertThatThrownBy(() -> new TempoChanger().process(new short[10], 0, 10, 0.9, out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.9");
  }

  private static short[] change(short[] voice, int piece, double tempo) {
    TempoChanger changer = new TempoChanger();
    short[] all = new short[voice.length + TempoChanger.HOLD];
    short[] out = new short[TempoChanger.MAX_PIECE + TempoChanger.HOLD];
    int count = 0;
    for (int from = 0; from < voice.length; from += piece) {
      int written = changer.process(voice, from, Math.min(piece, voice.length - from), tempo, out);
      System.arraycopy(out, 0, all, count, written);
      count += written;
    }
    int rest = changer.flush(out);
    System.arraycopy(out, 0, all, count, rest);
    return Arrays.copyOf(all, count + rest);
  }

  /** A buzz with falling partials. */
  private static short[] vowel(int samples, double pitchHz) {
    short[] voice = new short[samples];
    for (int i = 0; i < samples; i++) {
      double turn = 2 * Math.PI * pitchHz * i / RATE_HZ;
      double sum = 0;
      for (int partial = 1; partial <= 12; partial++) {
        sum += Math.sin(partial * turn + partial * partial) / partial;
      }
      voice[i] = (short) (5_000 * sum);
    }
    return voice;
  }

  /** By the best match of the sound with itself, to a fraction of a sample. */
  private static double pitchHz(short[] voice) {
    int best = 0;
    double most = 0;
    double[] match = new double[420];
    for (int lag = 60; lag < match.length; lag++) {
      for (int i = 0; i + lag < voice.length; i++) {
        match[lag] += (double) voice[i] * voice[i + lag];
      }
      if (match[lag] > 1.02 * most) {
        most = match[lag];
        best = lag;
      }
    }
    double before = match[best - 1];
    double after = match[best + 1];
    double offset = 0.5 * (before - after) / (before - 2 * match[best] + after);
    return RATE_HZ / (best + offset);
  }

  private static double rms(short[] voice) {
    double power = 0;
    for (short sample : voice) {
      power += (double) sample * sample;
    }
    return Math.sqrt(power / voice.length);
  }

  private static int largestStep(short[] voice) {
    int largest = 0;
    for (int i = 1; i < voice.length; i++) {
      largest = Math.max(largest, Math.abs(voice[i] - voice[i - 1]));
    }
    return largest;
  }
}
