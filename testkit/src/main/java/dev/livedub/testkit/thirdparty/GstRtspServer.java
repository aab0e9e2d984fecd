package dev.livedub.testkit.thirdparty;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GStreamer's RTSP server with one path, TCP only, on a free loopback port.
 *
 * <p>A file is played from its beginning to every client, at real time; an RTMP stream is fetched
 * once and shared.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class GstRtspServer implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(15);
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(15);
  private static final Pattern PORT = Pattern.compile("(?m)^port=(\\d+)$");
  // The distribution's own Python: another one does not see the distribution's bindings.
  private static final String PYTHON = "/usr/bin/python3";

  /** Picture codecs this can serve. */
  public enum Picture {
    H264("h264parse ! rtph264pay config-interval=-1"),
    H265("h265parse ! rtph265pay config-interval=-1"),
    /** MPEG-4 Visual, which FLV cannot carry. */
    MPEG4("mpeg4videoparse ! rtpmp4vpay config-interval=1");

    private final String payloader;

    Picture(String payloader) {
      this.payloader = payloader;
    }
  }

  /** Sound codecs this can serve. */
  public enum Sound {
    AAC("aacparse ! rtpmp4gpay", 97),
    OPUS("opusparse ! rtpopuspay", 97),
    MP3("mpegaudioparse ! rtpmpapay", 14),
    G711_MU_LAW("rtppcmupay", 0);

    private final String payloader;
    private final int payloadType;

    Sound(String payloader, int payloadType) {
      this.payloader = payloader;
      this.payloadType = payloadType;
    }
  }

  private final String path;
  private final Path directory;
  private final ChildProcess process;
  private final int port;

  private GstRtspServer(String path, String sharing, String launch) {
    this.path = path;
    directory = Loopback.newDirectory("gst");
    Path script = directory.resolve("rtsp_server.py");
    Loopback.write(script, script());
    process =
        ChildProcess.start(
            "gst-rtsp-server",
            directory,
            Map.of(),
            List.of(PYTHON, script.toString(), "/" + path, sharing, launch));
    try {
      process.awaitLine("port=", START_LIMIT);
    } catch (IllegalStateException e) {
      close();
      throw e;
    }
    Matcher port = PORT.matcher(process.output());
    if (!port.find()) {
      close();
      throw process.failure("did not say its port");
    }
    this.port = Integer.parseInt(port.group(1));
  }

  /** Whether Python, its bindings and the library are installed. */
  public static boolean isInstalled() {
    if (!Files.isExecutable(Path.of(PYTHON))) {
      return false;
    }
    String probe = "import gi; gi.require_version('GstRtspServer', '1.0')";
    try (ChildProcess python =
        ChildProcess.start("python3", Path.of("/"), Map.of(), List.of(PYTHON, "-c", probe))) {
      return python.awaitExit(PROBE_LIMIT) == 0;
    }
  }

  /**
   * Serves an MP4 or MOV file.
   *
   * @param path without a slash at its start
   */
  public static GstRtspServer ofFile(String path, Path file, Picture picture, Sound sound) {
    return new GstRtspServer(
        path,
        "private",
        "( filesrc location=\""
            + file.toAbsolutePath()
            + "\" ! qtdemux name=d "
            + payloaders(picture, sound)
            + " )");
  }

  /** Serves what {@code rtmpUrl} plays: H.264 and AAC. */
  public static GstRtspServer ofRtmp(String path, String rtmpUrl) {
    return new GstRtspServer(
        path,
        "shared",
        "( rtmp2src location="
            + rtmpUrl
            + " ! flvdemux name=d "
            + payloaders(Picture.H264, Sound.AAC)
            + " )");
  }

  /** Where the stream is played. */
  public String url() {
    return "rtsp://" + Loopback.HOST + ":" + port + "/" + path;
  }

  /** What it wrote. */
  public String output() {
    return process.output();
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.close();
    Loopback.deleteDirectory(directory);
  }

  private static String payloaders(Picture picture, Sound sound) {
    return "d. ! queue ! "
        + picture.payloader
        + " name=pay0 pt=96 d. ! queue ! "
        + sound.payloader
        + " name=pay1 pt="
        + sound.payloadType;
  }

  private static String script() {
    try (InputStream resource =
        Objects.requireNonNull(GstRtspServer.class.getResourceAsStream("rtsp_server.py"))) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
