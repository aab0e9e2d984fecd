package dev.livedub.testkit.measure;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Joins decoded frames to segments. Not for use by several threads. */
final class PcmCollector {
  /** Twice what FLV rounds to; a lost frame is at least ten times as long. */
  private static final double JOIN_MICROS = 2_000;

  private final int sampleRateHz;
  private final List<PcmSegment> done = new ArrayList<>();
  private float[] samples = new float[1 << 16];
  private int length;
  private double firstMicros;
  private double residualSum;
  private int frames;
  private int zeroRun;
  private int longestZeroRun;

  PcmCollector(int sampleRateHz) {
    this.sampleRateHz = sampleRateHz;
  }

  /** Adds a frame of interleaved samples. */
  void add(long ptsMicros, FloatBuffer interleaved, int channels) {
    double residual = ptsMicros - firstMicros - length * 1e6 / sampleRateHz;
    if (frames > 0 && Math.abs(residual) > JOIN_MICROS) {
      finish();
    }
    if (frames == 0) {
      firstMicros = ptsMicros;
      residual = 0;
    }
    residualSum += residual;
    frames++;
    int count = interleaved.limit() / channels;
    if (length + count > samples.length) {
      samples = Arrays.copyOf(samples, Math.max(samples.length * 2, length + count));
    }
    for (int i = 0; i < count; i++) {
      append(interleaved, i * channels, channels);
    }
  }

  private void append(FloatBuffer interleaved, int from, int channels) {
    float sum = 0;
    boolean zero = true;
    for (int c = 0; c < channels; c++) {
      float sample = interleaved.get(from + c);
      sum += sample;
      zero &= sample == 0;
    }
    samples[length++] = sum / channels;
    zeroRun = zero ? zeroRun + 1 : 0;
    longestZeroRun = Math.max(longestZeroRun, zeroRun);
  }

  List<PcmSegment> segments() {
    finish();
    return done;
  }

  private void finish() {
    if (frames > 0) {
      done.add(
          new PcmSegment(
              firstMicros + residualSum / frames,
              sampleRateHz,
              Arrays.copyOf(samples, length),
              longestZeroRun));
    }
    length = 0;
    frames = 0;
    residualSum = 0;
    zeroRun = 0;
    longestZeroRun = 0;
  }
}
