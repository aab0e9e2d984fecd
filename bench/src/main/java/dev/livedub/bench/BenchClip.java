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
 * <p>What FFmpeg's AAC encoder costs depends on the programme when it holds a bit rate, so there
 * are two: recorded speech over recorded music, from Debian's packages, which is what is broadcast;
 * and pink noise that swells at the rate of syllables, which is the cheapest there is.
 */
final class BenchClip {

  /** What is heard. */
  enum Sound {
    PROGRAMME,
    NOISE
  }

  /** From one picture to the next. */
  static final long PICTURE_NANOS = Duration.ofMillis(40).toNanos();

  private static final Path SPEECH =
      Path.of("/usr/share/asterisk/sounds/en_US_f_Allison/demo-instruct.wav");
  private static final Path MUSIC = Path.of("/usr/share/tuxmath/sounds/01_rush.ogg");
  private static final Duration ENCODE_LIMIT = Duration.ofMinutes(10);

  private BenchClip() {}

  /** The clip of that length, encoded if {@code directory} does not hold it yet. */
  static Path of(Path directory, Duration length, Sound sound) {
    String name = sound.name().toLowerCase(Locale.ROOT);
    Path clip =
        directory
            .toAbsolutePath()
            .resolve(String.format(Locale.ROOT, "720p25-%s-%ds.mp4", name, length.toSeconds()));
    if (!Files.exists(clip)) {
      encode(directory, clip, length, sound);
    }
    return clip;
  }

  private static List<String> sound(Sound sound) {
    return switch (sound) {
      case PROGRAMME -> {
        for (Path file : List.of(SPEECH, MUSIC)) {
          if (!Files.exists(file)) {
            throw new IllegalStateException(file + " is missing; bench/compare says what holds it");
          }
        }
        yield List.of(
            "-stream_loop",
            "-1",
            "-i",
            SPEECH.toString(),
            "-stream_loop",
            "-1",
            "-i",
            MUSIC.toString(),
            "-filter_complex",
            "[1:a]aresample=48000,aformat=channel_layouts=stereo[speech];"
                + "[2:a]aresample=48000,aformat=channel_layouts=stereo,volume=0.25[music];"
                + "[speech][music]amix=inputs=2:normalize=0[mix]",
            "-map",
            "0:v",
            "-map",
            "[mix]");
      }
      case NOISE ->
          List.of(
              "-f",
              "lavfi",
              "-i",
              "anoisesrc=color=pink:sample_rate=48000:amplitude=0.4:seed=7,"
                  + "volume='0.35+0.65*gt(sin(2*PI*3.5*t)\\,0)':eval=frame,"
                  + "aformat=channel_layouts=stereo");
    };
  }

  private static void encode(Path directory, Path clip, Duration length, Sound sound) {
    Path unfinished = clip.resolveSibling("unfinished.mp4");
    List<String> picture =
        List.of(
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=1280x720:rate=25,noise=alls=6:allf=t,format=yuv420p");
    String options =
        "-c:v libx264 -preset veryfast -bf 3 -b_strategy 0 -g 50 -sc_threshold 0"
            + " -b:v 2M -minrate 2M -maxrate 2M -bufsize 2M -x264-params nal-hrd=cbr"
            + " -c:a aac -b:a 128k -t "
            + length.toSeconds();
    try {
      Files.createDirectories(directory);
      Ffmpeg.run(
          ENCODE_LIMIT,
          Stream.of(
                  picture,
                  sound(sound),
                  List.of(options.split(" ")),
                  List.of(unfinished.toString()))
              .flatMap(List::stream)
              .toList());
      Files.move(unfinished, clip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
