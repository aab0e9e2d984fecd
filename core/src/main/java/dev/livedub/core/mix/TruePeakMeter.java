package dev.livedub.core.mix;

/**
 * Finds the true peak of sound: that of the waveform between its samples, too.
 *
 * <p>Four times oversampled by the interpolating filter of ITU-R BS.1770-4, Annex 2: 48 taps in
 * four phases. What it finds is at most 0.6 dB below the peak of any sound that has nothing above
 * 20 kHz, and much closer for voices.
 *
 * <p><b>Threading:</b> immutable, any thread.
 */
final class TruePeakMeter {

  /** Samples before, and after, that a peak next to a sample depends on. */
  static final int REACH = 6;

  private static final int TAPS = 12;

  /** BS.1770-4, Annex 2; phases 2 and 3 are phases 1 and 0 backwards. */
  private static final float[][] PHASES = {
    {
      0.0017089843750f, 0.0109863281250f, -0.0196533203125f, 0.0332031250000f, -0.0594482421875f,
      0.1373291015625f, 0.9721679687500f, -0.1022949218750f, 0.0476074218750f, -0.0266113281250f,
      0.0148925781250f, -0.0083007812500f
    },
    {
      -0.0291748046875f, 0.0292968750000f, -0.0517578125000f, 0.0891113281250f, -0.1665039062500f,
      0.4650878906250f, 0.7797851562500f, -0.2003173828125f, 0.1015625000000f, -0.0582275390625f,
      0.0330810546875f, -0.0189208984375f
    }
  };

  private TruePeakMeter() {}

  /**
   * The peak of one channel among frames {@code [from, to)} and between them; {@link #REACH} frames
   * on both sides are read.
   */
  static float peak(float[] interleaved, int channel, int from, int to) {
    float peak = 0;
    for (int frame = from; frame < to; frame++) {
      peak = Math.max(peak, Math.abs(interleaved[2 * frame + channel]));
      int first = 2 * (frame - REACH + 1) + channel;
      for (float[] phase : PHASES) {
        float forward = 0;
        float backward = 0;
        for (int tap = 0; tap < TAPS; tap++) {
          float sample = interleaved[first + 2 * tap];
          forward += phase[tap] * sample;
          backward += phase[TAPS - 1 - tap] * sample;
        }
        peak = Math.max(peak, Math.max(Math.abs(forward), Math.abs(backward)));
      }
    }
    return peak;
  }
}
