package dev.livedub.testkit.clip;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes clips into files. Threading: stateless. */
public final class ClipGenerator {
  private static final Duration FILE_DEADLINE = Duration.ofMinutes(5);

  private ClipGenerator() {}

  /**
   * Writes a clip; the file's extension names the container: mp4, ts, flv or mkv.
   *
   * <p>In mp4, media time 0 is at PTS 0. The other containers cannot say what lies before zero, as
   * an encoder's priming does, so there everything is exactly one second later.
   */
  public static void write(ClipSpec spec, Path file) {
    String name = file.getFileName().toString();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String format =
        switch (extension) {
          case "mp4" -> "mp4";
          case "ts" -> "mpegts";
          case "flv" -> "flv";
          case "mkv" -> "matroska";
          default -> throw new IllegalArgumentException("no container for ." + extension);
        };
    try (IoDeadline deadline = new IoDeadline(FILE_DEADLINE);
        ClipSource source = ClipSource.finite(spec);
        ClipMuxer muxer =
            new ClipMuxer(
                source, file.toString(), format, options(format), shiftMicros(file), deadline)) {
      Optional<AccessUnit> unit = source.next();
      while (unit.isPresent()) {
        muxer.write(unit.get());
        unit = source.next();
      }
    }
  }

  /** How much later than media time the PTS in such a file are. */
  public static long shiftMicros(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".mp4") ? 0 : 1_000_000;
  }

  private static Map<String, String> options(String format) {
    return format.equals("mpegts")
        ? Map.of("mpegts_copyts", "1", "avoid_negative_ts", "disabled")
        : Map.of();
  }
}
