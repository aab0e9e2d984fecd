package dev.livedub.bench;

import dev.livedub.testkit.thirdparty.Ffmpeg;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The stream every candidate gets: 720p25 H.264 at 2 Mbit/s with 3 B-frames, AAC 48 kHz.
 *
 * <p>The sound is pink noise that swells at the rate of syllables: pure tones would cost FFmpeg's
 * AAC encoder three times what speech or music does, and hide all else.
 */
final class BenchClip {

  private static final Duration ENCODE_LIMIT = Duration.ofMinutes(10);

  private BenchClip() {}

  /** The clip of that length, encoded if {@code directory} does not hold it yet. */
  static Path of(Path directory, Duration length) {
    Path clip =
        directory
            .toAbsolutePath()
            .resolve(String.format(Locale.ROOT, "720p25-noise-%ds.mp4", length.toSeconds()));
    if (!Files.exists(clip)) {
      encode(directory, clip, length);
    }
    return clip;
  }

  private static void encode(Path directory, Path clip, Duration length) {
    Path unfinished = clip.resolveSibling("unfinished.mp4");
    List<String> inputs =
        List.of(
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=1280x720:rate=25,noise=alls=6:allf=t,format=yuv420p",
            "-f",
            "lavfi",
            "-i",
            "anoisesrc=color=pink:sample_rate=48000:amplitude=0.4:seed=7,"
                + "volume='0.35+0.65*gt(sin(2*PI*3.5*t)\\,0)':eval=frame,"
                + "aformat=channel_layouts=stereo");
    String options =
        "-c:v libx264 -preset veryfast -bf 3 -b_strategy 0 -g 50 -sc_threshold 0"
            + " -b:v 2M -minrate 2M -maxrate 2M -bufsize 2M -x264-params nal-hrd=cbr"
            + " -c:a aac -b:a 128k -t "
            + length.toSeconds();
    try {
      Files.createDirectories(directory);
      Ffmpeg.run(
          ENCODE_LIMIT,
          Stream.of(inputs, List.of(options.split(" ")), List.of(unfinished.toString()))
              .flatMap(List::stream)
              .toList());
      Files.move(unfinished, clip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
