package dev.livedub.core.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TruePeakLimiterTest {

  private static final int BLOCK = 48;
  private static final int PIECE = 960;

  /** −1 dBTP. */
  private static final double MOST = 32_768 * Math.pow(10, -1 / 20.0);

  /** A sine whose samples miss its peaks: 12 kHz at an eighth of a turn (BS.1770-4, Annex 2). */
  private static float[] between(int frames, double peak) {
    float[] stereo = new float[2 * frames];
    for (int i = 0; i < frames; i++) {
      float sample = (float) (peak * Math.sin(Math.PI / 2 * i + Math.PI / 4));
      stereo[2 * i] = sample;
      stereo[2 * i + 1] = -sample;
    }
    return stereo;
  }

  private static float[] limit(float[] stereo, boolean seesAhead) {
    TruePeakLimiter limiter = new TruePeakLimiter();
    int reach = TruePeakMeter.REACH;
    int frames = stereo.length / 2;
    float[] out = new float[stereo.length];
    float[] work = new float[2 * (PIECE + 2 * reach)];
    int[] ends = new int[PIECE / BLOCK];
    boolean[] limits = new boolean[ends.length];
    Arrays.fill(limits, true);
    for (int block = 0; block < ends.length; block++) {
      ends[block] = (block + 1) * BLOCK;
    }
    for (int from = 0; from + PIECE + 240 <= frames; from += PIECE) {
      System.arraycopy(stereo, 2 * from, work, 2 * reach, 2 * (PIECE + reach));
      float[] ahead = new float[TruePeakLimiter.ATTACK_BLOCKS];
      for (int i = 0; seesAhead && i < 240; i++) {
        float peak = 1.12f * Math.abs(stereo[2 * (from + PIECE + i)]);
        ahead[i / BLOCK] = Math.max(ahead[i / BLOCK], peak);
      }
      limiter.apply(work, reach, ends, limits, ends.length, ahead);
      System.arraycopy(work, 2 * reach, out, 2 * from, 2 * PIECE);
      System.arraycopy(work, 2 * PIECE, work, 0, 2 * reach);
    }
    return out;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.95, 1.5})
  void apply_peaksBetweenSamples_areKeptBelowTheCeiling(double peak) {
    float[] limited = limit(between(48_000, peak * 32_768), true);

    float[] inner = Arrays.copyOfRange(limited, 2 * 960, 2 * 46_000);
    float found = TruePeakMeter.peak(inner, 0, 20, inner.length / 2 - 20);
    assertThat(found).isLessThanOrEqualTo((float) MOST);
    assertThat(found).isCloseTo((float) Math.min(MOST, peak * 32_768), within(900f));
  }

  @Test
  void apply_quietSound_isNotTouched() {
    float[] quiet = between(4_800, 5_000);

    float[] limited = limit(quiet, true);

    assertThat(Arrays.copyOf(limited, 2 * 3_840)).isEqualTo(Arrays.copyOf(quiet, 2 * 3_840));
  }

  @Test
  void apply_burst_isMetByARampAndReleased() {
    float[] sound = between(48_000, 8_000);
    float[] loud = between(48_000, 60_000);
    System.arraycopy(loud, 2 * 20_000, sound, 2 * 20_000, 2 * 2_000);

    float[] limited = limit(sound, true);

    assertThat(limited[2 * 19_700]).isEqualTo(sound[2 * 19_700]);
    assertThat(gain(limited, sound, 19_880)).isBetween(0.6f, 0.95f);
    for (int i = 20_000; i < 22_000; i++) {
      assertThat(Math.abs(limited[2 * i])).isLessThanOrEqualTo((float) MOST);
    }
    assertThat(gain(limited, sound, 27_500)).isEqualTo(1);
  }

  private static float gain(float[] limited, float[] sound, int frame) {
    return limited[2 * frame] / sound[2 * frame];
  }
}
