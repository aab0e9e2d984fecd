package dev.livedub.bench.background;

import dev.livedub.testkit.measure.FfmpegMeter;
import dev.livedub.testkit.measure.WavFile;
import dev.livedub.testkit.thirdparty.Ffmpeg;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What FFmpeg measures where the background of a programme is separated, given back, ducked, and
 * separated again.
 *
 * <p>The programme is {@value #SECONDS} s long: a voice over music; the music alone, whose beat
 * counts as speech, so that a dub is on air; the voice far out to the left, so that it cannot be
 * taken out; the voice in the middle over music again, and the music alone. It holds nothing above
 * 6 kHz, so a click shows above 8 kHz. The dub, a tone of 440 Hz, is switched off and on three
 * times.
 *
 * @param heard the dub, and how often the background changed
 * @param truePeakDbtp of what is heard, by {@code ebur128}
 * @param clickDbfs highest sample above 8 kHz of what is heard, by {@code astats}
 * @param programmeClickDbfs the same of the programme
 * @param pauseDb how far the music alone is off its level under the dub, above 1 kHz: the largest
 *     difference of both stretches' RMS, by {@code astats}
 */
record SwitchedSound(
    SwitchedDub heard,
    double truePeakDbtp,
    double clickDbfs,
    double programmeClickDbfs,
    double pauseDb) {

  static final int SECONDS = 50;

  /** Off, on, off, on, off, on; in s. */
  static final List<Double> SWITCHED_AT = List.of(5.0, 8.0, 11.0, 12.5, 36.0, 39.0);

  private static final int RATE_HZ = Recording.RATE_HZ;
  private static final int BELOW_DB = 12;
  private static final double VOICE_RMS = 2_600;

  /** Of the voice that is far out: what the right channel has of the left one's. */
  private static final double OUT_TO_THE_LEFT = -0.6;

  /** When the voice stops, is far out, is in the middle again, and stops; in s. */
  private static final List<Integer> PARTS = List.of(14, 20, 32, 46);

  /** Stretches of music alone, well after what was heard before. */
  private static final List<Double> PAUSES = List.of(16.0, 48.0);

  private static final double PAUSE_SECONDS = 1.5;

  /** Twelfth order. */
  private static final String BELOW_6_KHZ = "lowpass=f=5000:p=2" + ",lowpass=f=5000:p=2".repeat(5);

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Dubs and measures; the sounds are left in a directory. */
  static SwitchedSound of(Path directory, Recording speech, Recording music) throws IOException {
    Path whole = directory.resolve("whole.wav");
    write(whole, programme(speech, music));
    Path programme = directory.resolve("programme.wav");
    Ffmpeg.run(
        LIMIT,
        List.of("-i", whole.toString(), "-af", BELOW_6_KHZ, "-c:a", "pcm_s16le", "" + programme));
    short[] stereo = samples(Recording.background("programme", programme, SECONDS).stereo());
    SwitchedDub heard = SwitchedDub.of(stereo, SWITCHED_AT);
    Path mix = directory.resolve("heard.wav");
    write(mix, heard.stereo());
    double pauseDb = 0;
    for (double at : PAUSES) {
      double off =
          FfmpegMeter.rmsAboveKiloDbfs(mix, at, PAUSE_SECONDS)
              - FfmpegMeter.rmsAboveKiloDbfs(programme, at, PAUSE_SECONDS);
      pauseDb = Math.abs(off) > Math.abs(pauseDb) ? off : pauseDb;
    }
    return new SwitchedSound(
        heard,
        FfmpegMeter.loudness(mix).truePeakDbfs(),
        FfmpegMeter.clickDbfs(mix),
        FfmpegMeter.clickDbfs(programme),
        pauseDb);
  }

  /** Whether it is as it has to be: −1 dBTP, no click above −50 dBFS, ±1 dB. */
  boolean holds() {
    return truePeakDbtp <= -1 && clickDbfs <= -50 && Math.abs(pauseDb) <= 1;
  }

  /** What was measured, for a page. */
  String words() {
    return String.format(
        Locale.ROOT,
        "By FFmpeg, on %d s with the dub switched off and on three times, and %d changes between"
            + " separation and ducking: true peak %.1f dBTP (`ebur128`); highest sample above 8 kHz"
            + " %.1f dBFS, of the programme %.1f dBFS (`astats`); music alone, under the dub,"
            + " %.2f dB off its level above 1 kHz.%n",
        SECONDS,
        heard.switches(),
        truePeakDbtp,
        clickDbfs,
        programmeClickDbfs,
        pauseDb);
  }

  private static float[] programme(Recording speech, Recording music) {
    float[] stereo = new float[2 * SECONDS * RATE_HZ];
    double voiceGain = VOICE_RMS / speech.rms();
    double musicGain = VOICE_RMS / music.rms() * Math.pow(10, -BELOW_DB / 20.0);
    for (int i = 0; i < stereo.length; i++) {
      double second = i / 2 / (double) RATE_HZ;
      long part = PARTS.stream().filter(at -> at <= second).count();
      double voice = part == 1 || part == 4 ? 0 : voiceGain * speech.stereo()[i];
      if (part == 2 && i % 2 == 1) {
        voice *= OUT_TO_THE_LEFT;
      }
      stereo[i] = (float) (voice + musicGain * music.stereo()[i]);
    }
    return stereo;
  }

  private static void write(Path file, float[] stereo) throws IOException {
    write(file, samples(stereo));
  }

  private static void write(Path file, short[] stereo) throws IOException {
    try (WavFile wav = new WavFile(file, RATE_HZ, 2)) {
      wav.write(stereo);
    }
  }

  private static short[] samples(float[] stereo) {
    short[] samples = new short[stereo.length];
    for (int i = 0; i < samples.length; i++) {
      float rounded = Math.round(stereo[i]);
      samples[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, rounded));
    }
    return samples;
  }
}
