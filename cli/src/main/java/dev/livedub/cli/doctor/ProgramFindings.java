package dev.livedub.cli.doctor;

import dev.livedub.media.ffmpeg.FfmpegBuild;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** livedub itself, its Java, and FFmpeg's libraries. */
final class ProgramFindings {

  private static final long MEBIBYTE = 1L << 20;

  private ProgramFindings() {}

  /**
   * The lines.
   *
   * @param version livedub's
   * @param ffmpeg loads and inspects FFmpeg; may fail with a {@link LinkageError}
   */
  static List<Diagnosis> of(String version, Supplier<FfmpegBuild> ffmpeg) {
    List<Diagnosis> lines = new ArrayList<>();
    Runtime runtime = Runtime.getRuntime();
    lines.add(
        Diagnosis.ok(
            "livedub",
            String.format(
                "%s, Java %s, %s %s, %d processors, heap up to %d MiB",
                version,
                Runtime.version(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                runtime.availableProcessors(),
                runtime.maxMemory() / MEBIBYTE)));
    try {
      lines.add(ffmpeg(ffmpeg.get()));
    } catch (LinkageError e) {
      lines.add(
          Diagnosis.fail(
              "FFmpeg",
              "its libraries cannot be loaded: " + e.getMessage(),
              "use the archive or image for this platform; on arm64: apt-get install libva-drm2"));
    }
    return lines;
  }

  private static Diagnosis ffmpeg(FfmpegBuild build) {
    String what = build.version() + " (" + String.join(", ", build.libraries()) + ")";
    return build.missing().isEmpty()
        ? Diagnosis.ok("FFmpeg", what)
        : Diagnosis.fail(
            "FFmpeg",
            what + " lacks " + String.join(", ", build.missing()),
            "use the libraries that come with livedub: is LD_LIBRARY_PATH set to others?");
  }
}
