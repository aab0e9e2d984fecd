package dev.livedub.testkit.thirdparty;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GStreamer's RTSP server with one path or two, TCP only, on a free loopback port.
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

  private static final int ANY_PORT = 0;

  private final List<Mount> mounts;
  private final Path directory;
  private final ChildProcess process;
  private final int port;

  private record Mount(String path, String sharing, String launch) {}

  private GstRtspServer(int wantedPort, List<Mount> mounts) {
    this.mounts = mounts;
    directory = Loopback.newDirectory("gst");
    Path script = directory.resolve("rtsp_server.py");
    Loopback.write(script, script());
    List<String> command =
        new ArrayList<>(List.of(PYTHON, script.toString(), String.valueOf(wantedPort)));
    for (Mount mount : mounts) {
      command.addAll(List.of("/" + mount.path, mount.sharing, mount.launch));
    }
    process = ChildProcess.start("gst-rtsp-server", directory, Map.of(), command);
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
    return new GstRtspServer(ANY_PORT, List.of(fileMount(path, file, picture, sound)));
  }

  /** Serves what {@code rtmpUrl} plays: H.264 and AAC. */
  public static GstRtspServer ofRtmp(String path, String rtmpUrl) {
    return new GstRtspServer(ANY_PORT, List.of(rtmpMount(path, rtmpUrl)));
  }

  /**
   * Serves a file of H.264 and AAC under one path, and what {@code rtmpUrl} plays under another.
   */
  public static GstRtspServer ofFileAndRtmp(
      String filePath, Path file, String rtmpPath, String rtmpUrl) {
    return new GstRtspServer(
        ANY_PORT,
        List.of(fileMount(filePath, file, Picture.H264, Sound.AAC), rtmpMount(rtmpPath, rtmpUrl)));
  }

  /** Starts another one that serves the same on the same port, now that this one is closed. */
  public GstRtspServer startAgain() {
    return new GstRtspServer(port, mounts);
  }

  /** Where the first path is played. */
  public String url() {
    return address() + "/" + mounts.get(0).path;
  }

  /** Its address, without a slash at its end. */
  public String address() {
    return "rtsp://" + Loopback.HOST + ":" + port;
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

  private static Mount fileMount(String path, Path file, Picture picture, Sound sound) {
    return new Mount(
        path,
        "private",
        "( filesrc location=\""
            + file.toAbsolutePath()
            + "\" ! qtdemux name=d "
            + payloaders(picture, sound)
            + " )");
  }

  private static Mount rtmpMount(String path, String rtmpUrl) {
    return new Mount(
        path,
        "shared",
        "( rtmp2src location="
            + rtmpUrl
            + " ! flvdemux name=d "
            + payloaders(Picture.H264, Sound.AAC)
            + " )");
  }

  private static String payloaders(Picture picture, Sound sound) {
    // Sound must not fill its queue, and so hold up the picture, before the first keyframe.
    String queue = "queue max-size-time=10000000000 max-size-buffers=0 ! ";
    return "d. ! "
        + queue
        + picture.payloader
        + " name=pay0 pt=96 d. ! "
        + queue
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
