package dev.livedub.testkit.measure;

import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.clip.SoundSynth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether decoded sound is the sound that was generated, block by block, so that silence of the
 * right length does not pass for sound. Threading: immutable.
 *
 * @param blocks one for each full half second of sound
 */
public record SoundMatch(List<Block> blocks) {
  private static final int RATE_HZ = 8_000;
  private static final int BLOCK = RATE_HZ / 2;
  private static final int FINE = RATE_HZ / 50;
  private static final int ENVELOPE_STEP = 40;

  /**
   * A half second.
   *
   * @param ptsMicros where it begins
   * @param correlation 1 for the same sound at any level, about 0 for another, 0 for silence
   * @param shiftMillis PTS minus the source's media time, by the sound itself
   */
  public record Block(long ptsMicros, double correlation, double shiftMillis) {}

  public SoundMatch {
    blocks = List.copyOf(blocks);
  }

  /**
   * Compares.
   *
   * @param expectedShiftMicros PTS minus media time, as far as it is known
   * @param searchMicros how far from there to look; the cost grows with it
   */
  public static SoundMatch of(
      ClipSpec spec, List<PcmSegment> sound, long expectedShiftMicros, long searchMicros) {
    List<Block> blocks = new ArrayList<>();
    for (PcmSegment segment : sound) {
      double[] heard = resample(segment.samples(), segment.sampleRateHz());
      double firstMicros = segment.startMicros() - expectedShiftMicros;
      double untilMicros = segment.microsAt(segment.samples().length) - expectedShiftMicros;
      double[] made = generate(spec, untilMicros + searchMicros + 1e6);
      int at = (int) Math.round(firstMicros * RATE_HZ / 1e6);
      int search = (int) (searchMicros * RATE_HZ / 1_000_000);
      int coarse = coarse(heard, made, at, search);
      for (int from = 0; from + BLOCK <= heard.length; from += BLOCK) {
        Block best = best(heard, made, from, at + coarse);
        double exact = segment.startMicros() + from * 1e6 / RATE_HZ;
        double media = best.shiftMillis() * 1e3;
        blocks.add(new Block(Math.round(exact), best.correlation(), (exact - media) / 1e3));
      }
    }
    return new SoundMatch(blocks);
  }

  /** The worst block's; NaN without blocks, so that no bound holds. */
  public double leastCorrelation() {
    return blocks.stream().mapToDouble(Block::correlation).min().orElse(Double.NaN);
  }

  /** Blocks that sound like something else. */
  public long blocksBelow(double correlation) {
    return blocks.stream().filter(b -> b.correlation() < correlation).count();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d half seconds, correlation with the source at least %.3f, mean %.3f;"
            + " shift %.2f to %.2f ms",
        blocks.size(),
        leastCorrelation(),
        blocks.stream().mapToDouble(Block::correlation).average().orElse(Double.NaN),
        blocks.stream().mapToDouble(Block::shiftMillis).min().orElse(Double.NaN),
        blocks.stream().mapToDouble(Block::shiftMillis).max().orElse(Double.NaN));
  }

  /** The block's best place near the expected one; its shift is the media time in milliseconds. */
  private static Block best(double[] heard, double[] made, int from, int offset) {
    double best = -1;
    int bestLag = 0;
    for (int lag = -FINE; lag <= FINE; lag++) {
      double found = correlation(heard, from, made, from + offset + lag, BLOCK);
      if (found > best) {
        best = found;
        bestLag = lag;
      }
    }
    return new Block(0, Math.max(0, best), (from + offset + bestLag) * 1e3 / RATE_HZ);
  }

  /** The shift, in samples, at which the loudness over time fits best. */
  private static int coarse(double[] heard, double[] made, int at, int search) {
    double[] heardLoudness = loudness(heard);
    double[] madeLoudness = loudness(made);
    int steps = search / ENVELOPE_STEP;
    double best = -2;
    int bestStep = 0;
    for (int step = -steps; step <= steps; step++) {
      int from = Math.round((float) at / ENVELOPE_STEP) + step;
      double found = correlation(heardLoudness, 0, madeLoudness, from, heardLoudness.length);
      if (found > best) {
        best = found;
        bestStep = step;
      }
    }
    return bestStep * ENVELOPE_STEP;
  }

  private static double[] loudness(double[] samples) {
    double[] loudness = new double[samples.length / ENVELOPE_STEP];
    double mean = 0;
    for (int i = 0; i < loudness.length; i++) {
      for (int k = 0; k < ENVELOPE_STEP; k++) {
        loudness[i] += Math.abs(samples[i * ENVELOPE_STEP + k]);
      }
      mean += loudness[i] / loudness.length;
    }
    for (int i = 0; i < loudness.length; i++) {
      loudness[i] -= mean;
    }
    return loudness;
  }

  /** Normalised; samples outside count as silence. */
  private static double correlation(double[] a, int fromA, double[] b, int fromB, int length) {
    double product = 0;
    double energyA = 0;
    double energyB = 0;
    for (int i = 0; i < length; i++) {
      double x = a[fromA + i];
      double y = fromB + i >= 0 && fromB + i < b.length ? b[fromB + i] : 0;
      product += x * y;
      energyA += x * x;
      energyB += y * y;
    }
    return energyA <= 0 || energyB <= 0 ? 0 : product / Math.sqrt(energyA * energyB);
  }

  private static double[] generate(ClipSpec spec, double untilMicros) {
    int rateHz = spec.sound().orElseThrow().sampleRateHz();
    int channels = spec.sound().orElseThrow().channels();
    int length = (int) Math.max(0, untilMicros * rateHz / 1e6);
    float[] interleaved = new float[length * channels];
    new SoundSynth(spec).render(interleaved);
    float[] mono = new float[length];
    for (int i = 0; i < interleaved.length; i++) {
      mono[i / channels] += interleaved[i] / channels;
    }
    return resample(mono, rateHz);
  }

  /** Means over the samples that fall into each one of the lower rate. */
  private static double[] resample(float[] samples, int rateHz) {
    double ratio = (double) rateHz / RATE_HZ;
    double[] out = new double[(int) (samples.length / ratio)];
    for (int i = 0; i < out.length; i++) {
      int from = (int) Math.round(i * ratio);
      int to = Math.min(samples.length, (int) Math.round((i + 1) * ratio));
      for (int k = from; k < to; k++) {
        out[i] += samples[k] / (to - from);
      }
    }
    return out;
  }
}
