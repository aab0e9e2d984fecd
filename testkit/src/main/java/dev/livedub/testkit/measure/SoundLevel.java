package dev.livedub.testkit.measure;

import dev.livedub.core.loudness.KWeighting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How loud a recorded file is.
 *
 * @param integratedLufs loudness of the whole with both gates (ITU-R BS.1770-4, Annex 1); −70 for
 *     silence
 * @param truePeakDbtp highest peak of any channel, between its samples too
 */
public record SoundLevel(double integratedLufs, double truePeakDbtp) {

  private static final double SILENCE_LUFS = -70;
  private static final double RELATIVE_GATE_LU = -10;
  private static final double OFFSET_DB = -0.691;

  /** A block is 400 ms long and begins 100 ms after the one before. */
  private static final int STEPS_A_BLOCK = 4;

  private static final int STEPS_A_SECOND = 10;

  /** Measures the sound of a file of one or two channels. */
  public static SoundLevel of(Path file) {
    Meter meter = new Meter();
    SoundStream.readChannels(
        file, (pts, samples, channels, rate) -> meter.hear(samples, channels, rate));
    return meter.level();
  }

  private static final class Meter {
    private final List<Double> stepPowers = new ArrayList<>();
    private final List<TruePeak> peaks = new ArrayList<>();
    private KWeighting @Nullable [] weightings;
    private double power;
    private int stepSamples;

    void hear(float[] interleaved, int channels, int sampleRateHz) {
      KWeighting[] filters = filters(channels, sampleRateHz);
      for (int at = 0; at + channels <= interleaved.length; at += channels) {
        for (int c = 0; c < channels; c++) {
          double weighted = filters[c].next(interleaved[at + c]);
          power += weighted * weighted;
          peaks.get(c).hear(interleaved[at + c]);
        }
        if (++stepSamples == sampleRateHz / STEPS_A_SECOND) {
          stepPowers.add(power / stepSamples);
          power = 0;
          stepSamples = 0;
        }
      }
    }

    private KWeighting[] filters(int channels, int sampleRateHz) {
      KWeighting[] known = weightings;
      if (known == null) {
        known = new KWeighting[channels];
        for (int c = 0; c < channels; c++) {
          known[c] = new KWeighting(sampleRateHz);
          peaks.add(new TruePeak());
        }
        weightings = known;
      }
      return known;
    }

    SoundLevel level() {
      List<Double> blocks = new ArrayList<>();
      for (int i = 0; i + STEPS_A_BLOCK <= stepPowers.size(); i++) {
        blocks.add(mean(stepPowers.subList(i, i + STEPS_A_BLOCK)));
      }
      List<Double> heard = blocks.stream().filter(each -> lufs(each) > SILENCE_LUFS).toList();
      double gateLufs = lufs(mean(heard)) + RELATIVE_GATE_LU;
      List<Double> gated = heard.stream().filter(each -> lufs(each) > gateLufs).toList();
      double peak = peaks.stream().mapToDouble(TruePeak::peak).max().orElse(0);
      return new SoundLevel(
          Math.max(SILENCE_LUFS, lufs(mean(gated))), 20 * Math.log10(Math.max(1e-9, peak)));
    }

    private static double mean(List<Double> values) {
      return values.stream().mapToDouble(each -> each).average().orElse(0);
    }

    private static double lufs(double meanPower) {
      return OFFSET_DB + 10 * Math.log10(Math.max(1e-12, meanPower));
    }
  }

  /** Interpolates four times by a windowed sinc, longer than the one of BS.1770-4, Annex 2. */
  private static final class TruePeak {
    private static final int PHASES = 4;
    private static final int TAPS = 32;
    private static final double[][] FILTERS = filters();

    private final float[] ring = new float[2 * TAPS];
    private int next;
    private double peak;

    void hear(float sample) {
      ring[next] = sample;
      ring[next + TAPS] = sample;
      next = (next + 1) % TAPS;
      if (Math.abs(sample) > peak) {
        peak = Math.abs(sample);
      }
      for (double[] filter : FILTERS) {
        double sum = 0;
        for (int tap = 0; tap < TAPS; tap++) {
          sum += filter[tap] * ring[next + tap];
        }
        peak = Math.max(peak, Math.abs(sum));
      }
    }

    double peak() {
      return peak;
    }

    private static double[][] filters() {
      double[][] filters = new double[PHASES - 1][TAPS];
      for (int phase = 1; phase < PHASES; phase++) {
        for (int tap = 0; tap < TAPS; tap++) {
          double at = tap - TAPS / 2.0 + 1 - (double) phase / PHASES;
          double hann = (1 + Math.cos(2 * Math.PI * at / TAPS)) / 2;
          filters[phase - 1][tap] = hann * Math.sin(Math.PI * at) / (Math.PI * at);
        }
      }
      return filters;
    }
  }
}
