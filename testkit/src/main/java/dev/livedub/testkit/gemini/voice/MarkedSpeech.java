package dev.livedub.testkit.gemini.voice;

/**
 * Says numbers as syllables of speech-like sound: a buzz whose ten formants are the number.
 *
 * <p>One syllable stands for half a second ({@link #BLOCK_MILLIS}) of sound: 400 ms of voice and a
 * gap. A {@link MarkedSpeechReader} finds number and onset again, also under the other voice, after
 * mixing, resampling and coding. The sound is computed here; no recording is behind it.
 *
 * <p><b>Threading</b>: immutable after construction, any thread.
 */
public final class MarkedSpeech {

  /** What one syllable stands for. */
  public static final int BLOCK_MILLIS = 500;

  /** How long a syllable sounds. */
  public static final int SYLLABLE_MILLIS = 400;

  /** How many numbers there are; they start again from 0. */
  public static final int NUMBERS = MarkCode.NUMBERS;

  /**
   * The first of the numbers that are not a source's: an interpreter uses them for speech that
   * bears no mark, counting the half seconds of its own session.
   */
  public static final int FIRST_UNMARKED = 49_152;

  static final int RISE_MILLIS = 30;
  static final int FALL_MILLIS = 60;

  /** Level while a syllable sounds: that of speech, about -18 dBFS. */
  private static final double RMS = 0.126;

  private static final double BESIDE = 0.158;
  private static final double TILT_HZ = 1_500;
  private static final double PHASE_STEP = 0.381_966;

  private final int sampleRateHz;
  private final MarkedVoice voice;
  private final int period;
  private final double[] cosine;

  /**
   * A voice.
   *
   * @param sampleRateHz from 16,000 up, a multiple of 100
   */
  public MarkedSpeech(int sampleRateHz, MarkedVoice voice) {
    if (sampleRateHz < 16_000 || sampleRateHz % 100 != 0) {
      throw new IllegalArgumentException("sampleRateHz " + sampleRateHz);
    }
    this.sampleRateHz = sampleRateHz;
    this.voice = voice;
    period = sampleRateHz / MarkedVoice.GRID_HZ;
    cosine = new double[period];
    for (int i = 0; i < period; i++) {
      cosine[i] = Math.cos(2 * Math.PI * i / period);
    }
  }

  /**
   * The syllable of a number, from its onset.
   *
   * @param number from 0 to {@link #NUMBERS} - 1
   * @return samples from -1 to 1, {@link #SYLLABLE_MILLIS} of them
   */
  public float[] syllable(int number) {
    return syllable(number, SYLLABLE_MILLIS);
  }

  /**
   * The syllable of a number, longer or shorter than usual.
   *
   * @param lengthMillis from 200 up, so that it can be read
   */
  public float[] syllable(int number, int lengthMillis) {
    if (number < 0 || number >= NUMBERS) {
      throw new IllegalArgumentException("number " + number);
    }
    double[] wave = wave(MarkCode.digits(number));
    float[] samples = new float[sampleRateHz * lengthMillis / 1_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (envelope(i, samples.length) * wave[i % period]);
    }
    return samples;
  }

  private double[] wave(int[] digits) {
    double[] wave = new double[period];
    double power = 0;
    for (int partial = 0; partial < MarkedVoice.PARTIALS; partial++) {
      boolean marked =
          digits[partial / MarkCode.GROUP_PARTIALS] == partial % MarkCode.GROUP_PARTIALS;
      double amplitude = (marked ? 1 : BESIDE) / Math.hypot(1, voice.partialHz(partial) / TILT_HZ);
      power += amplitude * amplitude / 2;
      add(wave, voice.harmonic(partial), amplitude, phase(partial));
    }
    double gain = RMS / Math.sqrt(power);
    for (int i = 0; i < period; i++) {
      wave[i] *= gain;
    }
    return wave;
  }

  private void add(double[] wave, int harmonic, double amplitude, int phase) {
    for (int i = 0; i < period; i++) {
      wave[i] += amplitude * cosine[(harmonic * i + phase) % period];
    }
  }

  /** Phases without a pattern keep the peaks of the sum low. */
  private int phase(int partial) {
    double turns = PHASE_STEP * partial * partial;
    return (int) ((turns - Math.floor(turns)) * period);
  }

  private double envelope(int sample, int samples) {
    double sinceMillis = sample * 1_000.0 / sampleRateHz;
    double untilMillis = (samples - sample) * 1_000.0 / sampleRateHz;
    return swell(sinceMillis / RISE_MILLIS) * swell(untilMillis / FALL_MILLIS);
  }

  private static double swell(double part) {
    return part >= 1 ? 1 : (1 - Math.cos(Math.PI * part)) / 2;
  }
}
