package dev.livedub.bench.background;

import dev.livedub.testkit.thirdparty.Ffmpeg;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sound from Debian's packages, 48 kHz stereo, as floats in 16-bit units.
 *
 * @param title what it is called in the table
 * @param stereo interleaved
 */
record Recording(String title, float[] stereo) {

  static final int RATE_HZ = 48_000;

  /** Below lies no voice, but what microphones and floors do. */
  private static final int LOWEST_VOICE_HZ = 70;

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /**
   * Speech: files one after the other, mono in both channels.
   *
   * @param directory searched with all that is below it
   * @param glob of the files taken, in the order of their names
   */
  static Recording speech(String title, Path directory, String glob, int seconds) {
    List<Path> files = files(directory, glob);
    float[] stereo = new float[2 * seconds * RATE_HZ];
    int filled = 0;
    for (int i = 0; i < files.size() && filled < stereo.length; i++) {
      float[] part = read(files.get(i), "highpass=f=" + LOWEST_VOICE_HZ + ",", "mono");
      int length = Math.min(2 * part.length, stereo.length - filled);
      for (int at = 0; at < length; at++) {
        stereo[filled + at] = part[at / 2];
      }
      filled += length;
    }
    return new Recording(title, filled == stereo.length ? stereo : Arrays.copyOf(stereo, filled));
  }

  /** Music or a crowd: a file over and over. */
  static Recording background(String title, Path file, int seconds) {
    float[] once = read(file, "", "stereo");
    float[] stereo = new float[2 * seconds * RATE_HZ];
    for (int i = 0; i < stereo.length; i++) {
      stereo[i] = once[i % once.length];
    }
    return new Recording(title, stereo);
  }

  /** Files longer than a word, by name. */
  private static List<Path> files(Path directory, String glob) {
    PathMatcher wanted = directory.getFileSystem().getPathMatcher("glob:" + glob);
    try (Stream<Path> found = Files.walk(directory)) {
      List<Path> files = new ArrayList<>();
      for (Path file : found.filter(wanted::matches).sorted().toList()) {
        if (Files.size(file) > 12_000) {
          files.add(file);
        }
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float[] read(Path file, String filter, String layout) {
    try {
      Path raw = Files.createTempFile("livedub-background", ".raw");
      try {
        String graph = filter + "aresample=" + RATE_HZ + ",aformat=s16:channel_layouts=" + layout;
        Ffmpeg.run(
            LIMIT,
            List.of(
                "-v",
                "error",
                "-i",
                file.toString(),
                "-vn",
                "-af",
                graph,
                "-f",
                "s16le",
                raw.toString()));
        byte[] bytes = Files.readAllBytes(raw);
        ShortBuffer samples = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        float[] values = new float[samples.remaining()];
        for (int i = 0; i < values.length; i++) {
          values[i] = samples.get(i);
        }
        return values;
      } finally {
        Files.deleteIfExists(raw);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Power of the sides over that of the centre, in dB: how wide it is. */
  double widthDb() {
    double centre = 0;
    double sides = 1e-9;
    for (int i = 0; i < stereo.length; i += 2) {
      centre += Math.pow(stereo[i] + stereo[i + 1], 2);
      sides += Math.pow(stereo[i] - stereo[i + 1], 2);
    }
    return 10 * Math.log10(sides / centre);
  }

  /** Root mean square of all samples. */
  double rms() {
    double sum = 0;
    for (float sample : stereo) {
      sum += (double) sample * sample;
    }
    return Math.sqrt(sum / stereo.length);
  }
}
