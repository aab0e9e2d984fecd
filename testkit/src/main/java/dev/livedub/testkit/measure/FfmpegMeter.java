package dev.livedub.testkit.measure;

import dev.livedub.testkit.thirdparty.Ffmpeg;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What FFmpeg's own filters measure in a file: a second opinion. */
public final class FfmpegMeter {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String NUMBER = "(-?[0-9.]+|-inf)";

  /** Twelfth order: 8 kHz passes, 4 kHz is 72 dB down. */
  private static final String ABOVE_8_KHZ = "highpass=f=8000:p=2,".repeat(6);

  /** Twelfth order: 440 Hz is 85 dB down. */
  private static final String ABOVE_1_KHZ = "highpass=f=1000:p=2,".repeat(6);

  private FfmpegMeter() {}

  /**
   * By {@code ebur128}.
   *
   * @param integratedLufs loudness of the whole
   * @param truePeakDbfs highest peak, between samples too
   */
  public record Loudness(double integratedLufs, double truePeakDbfs) {}

  /** Loudness and true peak. */
  public static Loudness loudness(Path file) {
    String output = run(List.of("-i", file.toString()), "ebur128=peak=true");
    String summary = output.substring(output.lastIndexOf("Summary:"));
    return new Loudness(
        last(summary, "I:\\s+" + NUMBER + " LUFS"), last(summary, "Peak:\\s+" + NUMBER + " dBFS"));
  }

  /** RMS level of a stretch, by {@code astats}, over all channels. */
  public static double rmsDbfs(Path file, double fromSeconds, double seconds) {
    List<String> input =
        List.of("-ss", "" + fromSeconds, "-t", "" + seconds, "-i", file.toString());
    return last(run(input, "astats=measure_perchannel=none"), "RMS level dB: " + NUMBER);
  }

  /** The same of what lies above 1 kHz: without a tone of 440 Hz. */
  public static double rmsAboveKiloDbfs(Path file, double fromSeconds, double seconds) {
    List<String> input =
        List.of("-ss", "" + fromSeconds, "-t", "" + seconds, "-i", file.toString());
    String filter = ABOVE_1_KHZ + "astats=measure_perchannel=none";
    return last(run(input, filter), "RMS level dB: " + NUMBER);
  }

  /** Highest sample of what lies above 8 kHz, where a click shows and a marked voice does not. */
  public static double clickDbfs(Path file) {
    String filter = ABOVE_8_KHZ + "astats=measure_perchannel=none";
    return last(run(List.of("-i", file.toString()), filter), "Peak level dB: " + NUMBER);
  }

  /** Writes one file less another, sample by sample. */
  public static void subtract(Path file, Path subtrahend, Path difference) {
    String graph = "[1]volume=-1[less];[0][less]amix=inputs=2:normalize=0";
    Ffmpeg.run(
        LIMIT,
        List.of(
            "-i",
            file.toString(),
            "-i",
            subtrahend.toString(),
            "-filter_complex",
            graph,
            "-c:a",
            "pcm_s16le",
            difference.toString()));
  }

  private static String run(List<String> input, String filter) {
    List<String> arguments = new ArrayList<>(input);
    arguments.addAll(List.of("-af", filter, "-f", "null", "-"));
    try (Ffmpeg ffmpeg = Ffmpeg.start("meter", arguments)) {
      int exit = ffmpeg.process().awaitExit(LIMIT);
      if (exit != 0) {
        throw new IllegalStateException("ffmpeg ended with " + exit + ": " + ffmpeg.output());
      }
      return ffmpeg.output();
    }
  }

  private static double last(String output, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(output);
    String found = null;
    while (matcher.find()) {
      found = matcher.group(1);
    }
    if (found == null) {
      throw new IllegalStateException("no " + pattern + " in " + output);
    }
    return found.equals("-inf") ? Double.NEGATIVE_INFINITY : Double.parseDouble(found);
  }
}
