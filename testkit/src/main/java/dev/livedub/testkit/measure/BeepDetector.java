package dev.livedub.testkit.measure;

import dev.livedub.testkit.clip.SoundSynth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the onsets of beeps: a long quadrature window says where a beep is, and the moment at which
 * a short window is half full of it says where it begins. Threading: immutable.
 */
final class BeepDetector {
  private static final double LONG_SECONDS = 0.040;
  private static final double SHORT_SECONDS = 0.004;
  private static final double LEAST_TONALITY = 0.5;

  /** The beeps rise over half a millisecond, so they are half up a quarter after their onset. */
  private static final double RAMP_CORRECTION_MICROS = 250;

  /** Beeps at 1 kHz, all about as loud. */
  static final BeepDetector AMONG_SPEECH = new BeepDetector(SoundSynth.BEEP_HZ, 0.02, 0.4, 0);

  /**
   * Beeps at 10 kHz, some of them turned down by 18 dB under a dub; what is below 8 kHz is not
   * heard.
   */
  static final BeepDetector ABOVE_SPEECH =
      new BeepDetector(SoundSynth.HIGH_BEEP_HZ, 0.003, 0.06, 8_000);

  private final int pitchHz;
  private final double leastLevel;
  private final double leastShareOfLoudest;
  private final int deafBelowHz;

  private BeepDetector(
      int pitchHz, double leastLevel, double leastShareOfLoudest, int deafBelowHz) {
    this.pitchHz = pitchHz;
    this.leastLevel = leastLevel;
    this.leastShareOfLoudest = leastShareOfLoudest;
    this.deafBelowHz = deafBelowHz;
  }

  /** PTS of the onsets, in order. */
  List<Double> onsetsMicros(List<PcmSegment> all) {
    List<PcmSegment> sound =
        deafBelowHz == 0 ? all : all.stream().map(each -> each.above(deafBelowHz)).toList();
    List<Double> onsets = new ArrayList<>();
    double loudest = 0;
    for (PcmSegment segment : sound) {
      double[] levels = new Quadrature(segment, pitchHz).levels(LONG_SECONDS);
      loudest = Math.max(loudest, Arrays.stream(levels).max().orElse(0));
    }
    double threshold = Math.max(leastLevel, leastShareOfLoudest * loudest);
    for (PcmSegment segment : sound) {
      onsets(segment, threshold, onsets);
    }
    return onsets;
  }

  private void onsets(PcmSegment segment, double threshold, List<Double> onsets) {
    Quadrature quadrature = new Quadrature(segment, pitchHz);
    double[] levels = quadrature.levels(LONG_SECONDS);
    double[] sharp = quadrature.levels(SHORT_SECONDS);
    int window = (int) (LONG_SECONDS * segment.sampleRateHz());
    for (int i = 0; i < levels.length; i++) {
      if (levels[i] < threshold) {
        continue;
      }
      int end = i;
      int peak = i;
      while (end < levels.length && levels[end] >= threshold) {
        peak = levels[end] > levels[peak] ? end : peak;
        end++;
      }
      if (quadrature.tonality(peak, window, levels[peak]) >= LEAST_TONALITY) {
        double half = halfUp(sharp, Math.max(0, peak - 2 * window), peak, levels[peak] / 2);
        double sharpWindow = SHORT_SECONDS * segment.sampleRateHz();
        // A beep that was under way when the segment began has no onset here.
        if (half > sharpWindow + 1) {
          onsets.add(segment.microsAt(half - sharpWindow / 2) - RAMP_CORRECTION_MICROS);
        }
      }
      i = end;
    }
  }

  /** Where, before {@code peak}, the level last rose through {@code level}; a part of a sample. */
  private static double halfUp(double[] sharp, int from, int peak, double level) {
    int at = peak;
    while (at > from && sharp[at] >= level) {
      at--;
    }
    double rise = sharp[at + 1] - sharp[at];
    return rise <= 0 ? at : at + 1 + (level - sharp[at]) / rise;
  }

  /** Running sums of the sound turned down by the pitch, so that any window costs the same. */
  private static final class Quadrature {
    private final int sampleRateHz;
    private final double[] real;
    private final double[] imaginary;
    private final double[] energy;

    Quadrature(PcmSegment segment, int pitchHz) {
      float[] samples = segment.samples();
      sampleRateHz = segment.sampleRateHz();
      real = new double[samples.length + 1];
      imaginary = new double[samples.length + 1];
      energy = new double[samples.length + 1];
      for (int i = 0; i < samples.length; i++) {
        double turn = 2 * Math.PI * pitchHz * i / sampleRateHz;
        real[i + 1] = real[i] + samples[i] * Math.cos(turn);
        imaginary[i + 1] = imaginary[i] + samples[i] * Math.sin(turn);
        energy[i + 1] = energy[i] + (double) samples[i] * samples[i];
      }
    }

    /** Element {@code i}: amplitude at 1 kHz in the window that ends before sample {@code i}. */
    double[] levels(double seconds) {
      int window = (int) Math.round(seconds * sampleRateHz);
      double[] levels = new double[real.length];
      for (int end = window; end < levels.length; end++) {
        double re = real[end] - real[end - window];
        double im = imaginary[end] - imaginary[end - window];
        levels[end] = 2 * Math.hypot(re, im) / window;
      }
      return levels;
    }

    /** The share of a sine of that level in all the energy of the window that ends there. */
    double tonality(int end, int window, double level) {
      double all = (energy[end] - energy[Math.max(0, end - window)]) / window;
      return all <= 0 ? 0 : level * level / 2 / all;
    }
  }
}
