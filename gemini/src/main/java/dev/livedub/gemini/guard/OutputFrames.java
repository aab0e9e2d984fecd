package dev.livedub.gemini.guard;

/**
 * Cuts a session's output, which comes in pieces of any length, into frames of 20 ms with their
 * level.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class OutputFrames {

  /** Samples of a frame: 20 ms at 24 kHz. */
  public static final int SAMPLES = 480;

  /** Duration of a frame, in milliseconds. */
  public static final int MILLIS = 20;

  /** Level of digital silence. */
  public static final double SILENCE_DBFS = -100;

  private static final double FULL_SCALE_POWER = 32_768.0 * 32_768.0;

  /** Takes one frame at a time. */
  @FunctionalInterface
  public interface Sink {

    /**
     * @param frame borrowed, {@link #SAMPLES} long; overwritten by the next one
     * @param levelDbfs its RMS, {@link #SILENCE_DBFS} at the least
     */
    void frame(short[] frame, double levelDbfs);
  }

  private final short[] frame = new short[SAMPLES];
  private int filled;

  /** Hands on every frame that is complete with this piece. */
  public void add(short[] samples, Sink sink) {
    int done = 0;
    while (done < samples.length) {
      int part = Math.min(SAMPLES - filled, samples.length - done);
      System.arraycopy(samples, done, frame, filled, part);
      filled += part;
      done += part;
      if (filled == SAMPLES) {
        filled = 0;
        sink.frame(frame, levelDbfs(frame));
      }
    }
  }

  /** RMS level of samples, in dB below full scale. */
  public static double levelDbfs(short[] samples) {
    long energy = 0;
    for (short sample : samples) {
      energy += sample * sample;
    }
    double power = energy / (FULL_SCALE_POWER * Math.max(1, samples.length));
    return Math.max(SILENCE_DBFS, 10 * Math.log10(Math.max(1e-12, power)));
  }
}
