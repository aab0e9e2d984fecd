package dev.livedub.core.pcm;

import java.util.Arrays;

/**
 * Tells whether somebody speaks in 20 ms of sound, by energy, at any level and sample rate.
 *
 * <p>A part is active if it rises above what lies beneath the voice, with hysteresis. What lies
 * beneath is learnt: the quietest part of the last two seconds, so that any steady sound becomes
 * its own floor.
 *
 * <p>Among others, a part also has to come near enough to the loudest of late: what swells and
 * fades far below a voice, such as quiet music, is none. For a voice that is alone, as a dub is,
 * the floor is never closer to the loudest part than {@link #ALONE_BELOW_PEAK_DB} instead: a voice
 * that pauses nowhere for two seconds would else become its own floor.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class VoiceActivity {

  /** Length of a part. */
  public static final int PART_MILLIS = 20;

  /** How far above the floor a part has to rise to be active. */
  static final double BEGIN_ABOVE_FLOOR_DB = 9;

  /** How far above it has to stay. */
  static final double STAY_ABOVE_FLOOR_DB = 6;

  /** Among others, it has to rise by so much of what lies between floor and loudest part, in dB. */
  static final double BEGIN_PART_OF_RANGE = 0.45;

  /** And has to stay above so much of it. */
  static final double STAY_PART_OF_RANGE = 0.35;

  /** Below this level nothing is active: the quietest session seen, and 20 dB of speech's range. */
  static final double QUIETEST_DBFS = -58;

  /** The floor is never taken to be lower: below lies the noise of 16-bit sound. */
  static final double LOWEST_FLOOR_DBFS = -75;

  /** A voice's own softest sounds lie so far below its loudest, pauses further. */
  static final double ALONE_BELOW_PEAK_DB = 30;

  /** Parts over which the floor is the quietest: 2 s. */
  static final int FLOOR_PARTS = 100;

  /** How fast the loudest part is forgotten: 6 dB a second, so that a new speaker is followed. */
  private static final double PEAK_FALLS_DB = 6.0 * PART_MILLIS / 1_000;

  private static final double FULL_SCALE_POWER = 32_768.0 * 32_768.0;
  private static final double NO_PEAK_DBFS = -200;

  private final boolean alone;
  private final double[] levels = new double[FLOOR_PARTS];
  private long parts;
  private double peakDbfs = NO_PEAK_DBFS;
  private boolean active;

  private VoiceActivity(boolean alone) {
    this.alone = alone;
    Arrays.fill(levels, LOWEST_FLOOR_DBFS);
  }

  /** For a broadcast, where there is something besides voices. */
  public static VoiceActivity amongOthers() {
    return new VoiceActivity(false);
  }

  /** For a voice and nothing else. */
  public static VoiceActivity alone() {
    return new VoiceActivity(true);
  }

  /** Whether samples {@code [from, to)}, about 20 ms that follow those before, are active. */
  public boolean isActive(short[] mono, int from, int to) {
    double levelDbfs = levelDbfs(mono, from, to);
    levels[(int) (parts++ % FLOOR_PARTS)] = Math.max(levelDbfs, LOWEST_FLOOR_DBFS);
    peakDbfs = Math.max(levelDbfs, peakDbfs - PEAK_FALLS_DB);
    double floorDbfs = Double.POSITIVE_INFINITY;
    for (double level : levels) {
      floorDbfs = Math.min(floorDbfs, level);
    }
    if (alone) {
      floorDbfs = Math.min(floorDbfs, peakDbfs - ALONE_BELOW_PEAK_DB);
    }
    active = levelDbfs > Math.max(floorDbfs + aboveDb(peakDbfs - floorDbfs), QUIETEST_DBFS);
    return active;
  }

  /** How far above the floor the next part has to be. */
  private double aboveDb(double rangeDb) {
    double aboveDb = active ? STAY_ABOVE_FLOOR_DB : BEGIN_ABOVE_FLOOR_DB;
    double partOfRange = active ? STAY_PART_OF_RANGE : BEGIN_PART_OF_RANGE;
    return alone ? aboveDb : Math.max(aboveDb, partOfRange * rangeDb);
  }

  private static double levelDbfs(short[] mono, int from, int to) {
    long energy = 0;
    for (int i = from; i < to; i++) {
      energy += mono[i] * mono[i];
    }
    double power = energy / (FULL_SCALE_POWER * Math.max(1, to - from));
    return 10 * Math.log10(Math.max(1e-12, power));
  }
}
