package dev.livedub.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A program that takes a stream from an RTSP URL to an RTMP URL as one process.
 *
 * @param name as the report shows it
 * @param command its command line, from the two URLs
 */
record Candidate(String name, BiFunction<String, String, List<String>> command) {

  /** The command line of {@code ./livedub}, with the classes this JVM runs on. */
  static Candidate livedub(String name, List<String> options) {
    return new Candidate(
        name,
        (input, output) -> {
          List<String> command = java("dev.livedub.cli.Main");
          command.addAll(List.of("dub", "--input", input, "--output", output));
          command.addAll(options);
          return command;
        });
  }

  /** {@code ffmpeg} with these codec options, otherwise as it comes. */
  static Candidate ffmpeg(List<String> codecOptions) {
    return new Candidate(
        "ffmpeg " + String.join(" ", codecOptions),
        (input, output) -> {
          List<String> command =
              new ArrayList<>(
                  List.of("ffmpeg", "-hide_banner", "-nostats", "-rtsp_transport", "tcp"));
          command.addAll(List.of("-i", input));
          command.addAll(codecOptions);
          command.addAll(List.of("-f", "flv", output));
          return command;
        });
  }

  /** GStreamer copying picture and sound, without its default jitter buffer of 2 s. */
  static Candidate gstreamer() {
    return new Candidate(
        "GStreamer copy, latency=0",
        (input, output) ->
            List.of(
                ("gst-launch-1.0 -q rtspsrc location="
                        + input
                        + " protocols=tcp latency=0 name=s"
                        + " flvmux name=m streamable=true ! rtmp2sink location="
                        + output
                        + " s. ! application/x-rtp,media=video ! rtph264depay ! h264parse"
                        + " ! queue ! m."
                        + " s. ! application/x-rtp,media=audio ! rtpmp4gdepay ! aacparse"
                        + " ! queue ! m.")
                    .split(" ")));
  }

  /** The product's command, from its jars, up to and without its first argument. */
  static List<String> livedub() {
    List<String> command = new ArrayList<>(java("").subList(0, 4));
    command.addAll(
        List.of(
            "-jar", Path.of("cli/target/app/livedub-cli-0.1.0.jar").toAbsolutePath().toString()));
    return command;
  }

  /**
   * A java command up to and including the main class, with the flags and the environment of {@code
   * ./livedub}.
   */
  static List<String> java(String mainClass) {
    return new ArrayList<>(
        List.of(
            "env",
            "MALLOC_ARENA_MAX=2",
            "GLIBC_TUNABLES=glibc.malloc.mxfast=0:glibc.malloc.trim_threshold=1048576",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of("cli", "jvm.options").toAbsolutePath(),
            "-cp",
            System.getProperty("java.class.path"),
            mainClass));
  }
}
