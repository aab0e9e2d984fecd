package dev.livedub.testkit.thirdparty;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The {@code ffmpeg} command of the machine: makes clips, publishes, records, and is the peer that
 * livedub is compared with.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class Ffmpeg implements AutoCloseable {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final ChildProcess process;

  private Ffmpeg(String role, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-hide_banner", "-nostats", "-y"));
    command.addAll(arguments);
    process = ChildProcess.start("ffmpeg (" + role + ")", Path.of("/"), Map.of(), command);
  }

  /** The program on the PATH. */
  public static Optional<Path> executable() {
    return Loopback.executable("ffmpeg");
  }

  /** Starts it with these arguments; files in them must be absolute. */
  public static Ffmpeg start(String role, List<String> arguments) {
    return new Ffmpeg(role, arguments);
  }

  /**
   * Runs it to its end.
   *
   * @throws IllegalStateException with its output if it fails or takes longer than {@code limit}
   */
  public static void run(Duration limit, List<String> arguments) {
    try (Ffmpeg ffmpeg = new Ffmpeg("run", arguments)) {
      int exit = ffmpeg.process.awaitExit(limit);
      if (exit != 0) {
        throw ffmpeg.process.failure("ended with " + exit + " for " + arguments);
      }
    }
  }

  /** Publishes a file over and over at real time, every packet as it is, by RTSP/TCP or RTMP. */
  public static Ffmpeg publish(Path clip, String url) {
    return new Ffmpeg(
        "publisher",
        Stream.of(
                List.of("-re", "-stream_loop", "-1", "-i", clip.toString(), "-c", "copy"),
                format(url),
                List.of(url))
            .flatMap(List::stream)
            .toList());
  }

  /** Plays {@code url} into {@code file}, every packet as it is, until {@link #stop}. */
  public static Ffmpeg record(String url, Path file) {
    List<String> transport =
        url.startsWith("rtsp:") ? List.of("-rtsp_transport", "tcp") : List.of();
    return new Ffmpeg(
        "recorder",
        Stream.of(transport, List.of("-i", url, "-c", "copy", file.toAbsolutePath().toString()))
            .flatMap(List::stream)
            .toList());
  }

  /** Waits until it has begun to write its output. */
  public void awaitOutput(Duration limit) {
    process.awaitLine("Output #0", limit);
  }

  /** Asks for a clean end, trailer and all, and waits for it. */
  public void stop() {
    if (process.isAlive()) {
      process.terminate();
    }
    process.awaitExit(STOP_LIMIT);
  }

  /** What it wrote. */
  public String output() {
    return process.output();
  }

  /** The process itself. */
  public ChildProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }

  private static List<String> format(String url) {
    return url.startsWith("rtsp:")
        ? List.of("-f", "rtsp", "-rtsp_transport", "tcp")
        : List.of("-f", "flv");
  }
}
