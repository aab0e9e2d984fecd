package dev.livedub.testkit.thirdparty;

import dev.livedub.testkit.net.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A MediaMTX with RTSP over TCP, RTMP and its control API on free loopback ports and nothing else;
 * any path may be published.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class MediaMtx implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(15);
  private static final Duration CALL_LIMIT = Duration.ofSeconds(2);
  // The field's name before and since 1.13.
  private static final Pattern READY = Pattern.compile("\"(ready|available)\"\\s*:\\s*true");

  private final Path directory;
  private final ChildProcess process;
  private final int rtspPort;
  private final int rtmpPort;
  private final int apiPort;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CALL_LIMIT).build();

  private MediaMtx(Path executable, String pathSettings) {
    rtspPort = FreePorts.next();
    rtmpPort = FreePorts.next();
    apiPort = FreePorts.next();
    directory = Loopback.newDirectory("mediamtx");
    Path configuration = directory.resolve("mediamtx.yml");
    Loopback.write(configuration, configuration(pathSettings));
    // MoQ by environment: versions before 1.20 refuse a file that names what they do not know.
    process =
        ChildProcess.start(
            "mediamtx",
            directory,
            Map.of("MTX_MOQ", "no"),
            List.of(executable.toString(), configuration.toString()));
  }

  /** The program on the PATH, if there is one: it is not packaged by Debian. */
  public static Optional<Path> executable() {
    return Loopback.executable("mediamtx");
  }

  /** Starts one with no settings of its own; see {@link #start(String)}. */
  public static MediaMtx start() {
    return start("");
  }

  /**
   * Starts one and waits until it serves.
   *
   * @param pathSettings lines of YAML for {@code pathDefaults}, without indentation, such as a hook
   * @throws IllegalStateException if it is not on the PATH, or does not start
   */
  public static MediaMtx start(String pathSettings) {
    Path executable =
        executable().orElseThrow(() -> new IllegalStateException("no mediamtx on the PATH"));
    MediaMtx server = new MediaMtx(executable, pathSettings);
    try {
      server.process.awaitReady(
          "its ports",
          START_LIMIT,
          () ->
              Loopback.accepts(server.rtspPort)
                  && Loopback.accepts(server.rtmpPort)
                  && Loopback.accepts(server.apiPort));
    } catch (IllegalStateException e) {
      server.close();
      throw e;
    }
    return server;
  }

  /** Where {@code path} is published and played by RTSP. */
  public String rtspUrl(String path) {
    return "rtsp://" + Loopback.HOST + ":" + rtspPort + "/" + path;
  }

  /** Where {@code path} is published and played by RTMP. */
  public String rtmpUrl(String path) {
    return "rtmp://" + Loopback.HOST + ":" + rtmpPort + "/" + path;
  }

  /** The control API's base, without a slash at its end. */
  public String apiUrl() {
    return "http://" + Loopback.HOST + ":" + apiPort;
  }

  /** Waits until somebody publishes {@code path}. */
  public void awaitPublished(String path, Duration limit) {
    process.awaitReady("a publisher of " + path, limit, () -> isPublished(path));
  }

  /** Whether somebody publishes {@code path}. */
  public boolean isPublished(String path) {
    URI call =
        URI.create(apiUrl() + "/v3/paths/get/" + URLEncoder.encode(path, StandardCharsets.UTF_8));
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(call).timeout(CALL_LIMIT).build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 && READY.matcher(answer.body()).find();
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking for " + path, e);
    }
  }

  /** What it logged. */
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

  private String configuration(String pathSettings) {
    return String.join(
        "\n",
        "logLevel: info",
        "logDestinations: [stdout]",
        "rtsp: yes",
        "rtspTransports: [tcp]",
        "rtspAddress: " + Loopback.HOST + ":" + rtspPort,
        "rtmp: yes",
        "rtmpAddress: " + Loopback.HOST + ":" + rtmpPort,
        "api: yes",
        "apiAddress: " + Loopback.HOST + ":" + apiPort,
        "hls: no",
        "webrtc: no",
        "srt: no",
        "pathDefaults:",
        "  record: no",
        pathSettings.lines().map(line -> "  " + line).reduce("", (a, b) -> a + b + "\n"),
        "paths:",
        "  all_others:",
        "");
  }
}
