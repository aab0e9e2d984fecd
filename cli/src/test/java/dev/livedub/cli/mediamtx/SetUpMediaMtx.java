package dev.livedub.cli.mediamtx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.testkit.net.FreePorts;
import dev.livedub.testkit.thirdparty.ChildProcess;
import dev.livedub.testkit.thirdparty.MediaMtx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The real MediaMTX with {@code mediamtx/mediamtx.yml}, all but ports and places as it is.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class SetUpMediaMtx implements AutoCloseable {

  /** Of the user {@code publisher}. */
  public static final String PASSWORD = "S3CRET-publisher";

  private static final Path SETUP = Path.of("..", "mediamtx").toAbsolutePath().normalize();

  /** The wrapper of the repository. */
  public static final Path HOOK = SETUP.resolve("livedub-hook");

  private static final String HOOK_IN_FILE = "/usr/local/bin/livedub-hook";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** The RTMP, RTSP, API and metrics addresses, in the order of {@link #ports}. */
  private static final List<String> ADDRESSES =
      List.of(": :1935", ": :8554", ": 127.0.0.1:9997", ": 127.0.0.1:9998");

  private final Path directory;
  private final Path file;
  private final Map<String, String> environment;
  private final List<Integer> ports = new ArrayList<>();
  private ChildProcess process;

  /**
   * Starts one.
   *
   * @param directory where its file is put
   * @param hook what is run in the wrapper's place
   * @param environment what hooks inherit
   */
  public SetUpMediaMtx(Path directory, Path hook, Map<String, String> environment)
      throws IOException {
    this.directory = directory;
    this.environment = new HashMap<>(environment);
    this.environment.put("MTX_AUTHINTERNALUSERS_0_PASS", PASSWORD);
    String settings = Files.readString(SETUP.resolve("mediamtx.yml"));
    for (String address : ADDRESSES) {
      int port = FreePorts.next();
      ports.add(port);
      assertThat(settings).contains(address);
      settings = settings.replace(address, ": 127.0.0.1:" + port);
    }
    assertThat(settings).contains(HOOK_IN_FILE);
    file =
        Files.writeString(
            directory.resolve("mediamtx.yml"), settings.replace(HOOK_IN_FILE, hook.toString()));
    process = start();
  }

  /** Kills it, without a word to anybody, and starts it anew on the same ports. */
  public void killAndStartAgain() {
    process.close();
    process = start();
  }

  /** Where {@code path} is published by those who know the password. */
  public String publishUrl(String path) {
    return rtmpUrl(path) + "?user=publisher&pass=" + PASSWORD;
  }

  /** RTMP's address, without a slash at its end. */
  public String rtmp() {
    return "rtmp://127.0.0.1:" + ports.get(0);
  }

  /** Where {@code path} is played. */
  public String rtmpUrl(String path) {
    return rtmp() + "/" + path;
  }

  /** RTSP's address, without a slash at its end. */
  public String rtsp() {
    return "rtsp://127.0.0.1:" + ports.get(1);
  }

  /** The control API's address, without a slash at its end. */
  public String api() {
    return "http://127.0.0.1:" + ports.get(2);
  }

  /** Where its metrics are, without a slash at its end. */
  public String metrics() {
    return "http://127.0.0.1:" + ports.get(3);
  }

  /** The process that serves now. */
  public ChildProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }

  private ChildProcess start() {
    String executable = MediaMtx.executable().orElseThrow().toString();
    ChildProcess started =
        ChildProcess.start(
            "mediamtx", directory, environment, List.of(executable, file.toString()));
    try {
      for (String listener : List.of("[RTMP]", "[RTSP]", "[API]", "[metrics]")) {
        started.awaitLine(listener + " started with listener", LIMIT);
      }
    } catch (IllegalStateException e) {
      started.close();
      throw e;
    }
    return started;
  }
}
