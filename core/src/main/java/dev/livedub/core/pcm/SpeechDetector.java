package dev.livedub.core.pcm;

import java.util.Arrays;

/**
 * Tells whether there is speech in 100 ms of sound, by energy above a noise floor that it learns.
 *
 * <p>Speech comes and goes many times a second; background stays. The floor is the quietest 20 ms
 * of the last two seconds, so any steady sound becomes its own floor within that time, whatever its
 * level, and a voice is heard as what rises above it. Hysteresis keeps the answer through the weak
 * parts of a word.
 *
 * <p>The answer depends on nothing but the chunks given so far: two detectors fed alike agree.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class SpeechDetector {

  /** How far above the floor a part has to rise for speech to begin. */
  static final double BEGIN_ABOVE_FLOOR_DB = 9;

  /** How far above the floor a part has to stay for speech to go on. */
  static final double STAY_ABOVE_FLOOR_DB = 6;

  /** Below this level nothing is speech. */
  static final double QUIETEST_SPEECH_DBFS = -55;

  /** Parts of a chunk that have to rise for speech to begin; one alone is a click. */
  static final int PARTS_TO_BEGIN = 2;

  /** Parts of a chunk that have to stay for speech to go on. */
  static final int PARTS_TO_STAY = 1;

  /** 20 ms at 16 kHz. */
  static final int PART_SAMPLES = 320;

  /** Chunks over which the floor is the minimum: two seconds, longer than speech goes unbroken. */
  static final int FLOOR_CHUNKS = 20;

  /** The floor is never taken to be lower: below lies the noise of 16-bit sound. */
  static final double LOWEST_FLOOR_DBFS = -75;

  private static final double FULL_SCALE_POWER = 32_768.0 * 32_768.0;

  private final double[] quietest = new double[FLOOR_CHUNKS];
  private int chunks;
  private boolean speaking;

  /** A detector that has heard nothing. */
  public SpeechDetector() {
    Arrays.fill(quietest, Double.POSITIVE_INFINITY);
  }

  /**
   * Whether this chunk holds speech.
   *
   * @param mono 16 kHz; the chunk that follows the one before, or comes after a gap
   */
  public boolean isSpeech(short[] mono) {
    double[] parts = partLevelsDbfs(mono);
    double chunkQuietest = Double.POSITIVE_INFINITY;
    for (double part : parts) {
      chunkQuietest = Math.min(chunkQuietest, part);
    }
    quietest[chunks++ % FLOOR_CHUNKS] = chunkQuietest;
    double floor = Math.max(floorDbfs(), LOWEST_FLOOR_DBFS);
    speaking =
        speaking
            ? partsAbove(parts, floor + STAY_ABOVE_FLOOR_DB) >= PARTS_TO_STAY
            : partsAbove(parts, floor + BEGIN_ABOVE_FLOOR_DB) >= PARTS_TO_BEGIN;
    return speaking;
  }

  private double floorDbfs() {
    double floor = Double.POSITIVE_INFINITY;
    for (double chunk : quietest) {
      floor = Math.min(floor, chunk);
    }
    return floor;
  }

  private static int partsAbove(double[] parts, double levelDbfs) {
    double threshold = Math.max(levelDbfs, QUIETEST_SPEECH_DBFS);
    int above = 0;
    for (double part : parts) {
      if (part > threshold) {
        above++;
      }
    }
    return above;
  }

  private static double[] partLevelsDbfs(short[] mono) {
    double[] levels = new double[Math.max(1, mono.length / PART_SAMPLES)];
    for (int part = 0; part < levels.length; part++) {
      int from = part * PART_SAMPLES;
      int to = Math.min(mono.length, from + PART_SAMPLES);
      long energy = 0;
      for (int i = from; i < to; i++) {
        energy += mono[i] * mono[i];
      }
      levels[part] =
          10 * Math.log10(Math.max(1e-10, energy / (FULL_SCALE_POWER * Math.max(1, to - from))));
    }
    return levels;
  }
}
