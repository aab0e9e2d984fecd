package dev.livedub.core.mix;

/**
 * A gain that moves to its target in a straight line in dB, one millisecond at a time.
 *
 * <p><b>Threading:</b> one thread.
 */
final class GainRamp {

  /** Stands for no sound at all. */
  static final double SILENCE_DB = -90;

  private final int downMillis;
  private final int upMillis;
  private double currentDb;
  private double targetDb;
  private double stepDb;

  GainRamp(int downMillis, int upMillis) {
    this.downMillis = downMillis;
    this.upMillis = upMillis;
  }

  boolean isUnity() {
    return currentDb == 0 && targetDb == 0;
  }

  /** Whether it is, or is about to be, anything but silence. */
  boolean isHeard() {
    return currentDb > SILENCE_DB || targetDb > SILENCE_DB;
  }

  /** Is where it goes at once; returns the gain there, as a factor. */
  float settle() {
    currentDb = targetDb;
    return advance();
  }

  /** Sets where it goes; the way takes the ramp's full time, wherever it is now. */
  void aim(double newTargetDb) {
    if (newTargetDb != targetDb) {
      targetDb = newTargetDb;
      stepDb = (targetDb - currentDb) / (targetDb < currentDb ? downMillis : upMillis);
    }
  }

  /** Moves on by a millisecond; returns the gain then, as a factor. */
  float advance() {
    double leftDb = targetDb - currentDb;
    currentDb = Math.abs(leftDb) <= Math.abs(stepDb) ? targetDb : currentDb + stepDb;
    if (currentDb == 0) {
      return 1;
    }
    return currentDb <= SILENCE_DB ? 0 : (float) Math.pow(10, currentDb / 20);
  }
}
