package dev.livedub.cli.demo;

import dev.livedub.testkit.measure.PcmSegment;
import java.util.List;
import java.util.OptionalDouble;

/** How loud one frequency is in a stretch of sound, by Goertzel's algorithm. */
final class ToneLevel {

  private ToneLevel() {}

  /**
   * Level of a sine of this frequency in dB below full scale.
   *
   * @return empty if no segment covers the whole stretch
   */
  static OptionalDouble dbfs(
      List<PcmSegment> sound, double frequencyHz, double fromMicros, double toMicros) {
    for (PcmSegment segment : sound) {
      double perMicro = segment.sampleRateHz() / 1e6;
      int from = (int) Math.round((fromMicros - segment.startMicros()) * perMicro);
      int to = (int) Math.round((toMicros - segment.startMicros()) * perMicro);
      if (from >= 0 && to > from && to <= segment.samples().length) {
        double amplitude =
            amplitude(segment.samples(), from, to, frequencyHz / segment.sampleRateHz());
        return OptionalDouble.of(20 * Math.log10(Math.max(amplitude, 1e-9)));
      }
    }
    return OptionalDouble.empty();
  }

  /** Amplitude of the component at a frequency given in turns per sample. */
  static double amplitude(float[] samples, int from, int to, double turnsPerSample) {
    double coefficient = 2 * Math.cos(2 * Math.PI * turnsPerSample);
    double before = 0;
    double last = 0;
    for (int i = from; i < to; i++) {
      double next = samples[i] + coefficient * last - before;
      before = last;
      last = next;
    }
    double power = last * last + before * before - coefficient * last * before;
    return 2 * Math.sqrt(Math.max(0, power)) / (to - from);
  }
}
