package dev.livedub.testkit.thirdparty;

import com.sun.net.httpserver.HttpServer;
import dev.livedub.testkit.net.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An nginx with the RTMP module on a free loopback port, with one application.
 *
 * <p>FFmpeg takes the first two of three path elements for the application's name and the first of
 * two, so a path {@code live/demo/out} needs the application {@code live/demo}.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class NginxRtmp implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(15);

  private final String application;
  private final Path directory;
  private final int rtmpPort;
  private final @Nullable HttpServer gate;
  private final AtomicInteger denials = new AtomicInteger();
  private final ChildProcess process;

  private NginxRtmp(Path executable, String application, String settings, boolean deny) {
    this.application = application;
    this.rtmpPort = FreePorts.next();
    this.directory = Loopback.newDirectory("nginx");
    this.gate = deny ? denyingGate() : null;
    List<String> lines = new ArrayList<>(List.of(settings));
    if (gate != null) {
      lines.add("on_publish http://" + Loopback.HOST + ":" + gate.getAddress().getPort() + "/;");
    }
    Path configuration = directory.resolve("nginx.conf");
    Loopback.write(configuration, configuration(String.join("\n", lines)));
    process =
        ChildProcess.start(
            "nginx",
            directory,
            Map.of(),
            List.of(
                executable.toString(),
                "-p",
                directory.toString(),
                "-e",
                "stderr",
                "-c",
                configuration.toString()));
  }

  /** The program, if it and its module are installed. */
  public static Optional<Path> executable() {
    return module().flatMap(module -> Loopback.executable("nginx", "/usr/sbin"));
  }

  /** Starts one that relays what is published under {@code application}. */
  public static NginxRtmp start(String application) {
    return start(application, "", false);
  }

  /**
   * Starts one that also writes each stream, from its first message on; see {@link
   * #recording(String)}.
   */
  public static NginxRtmp startRecording(String application) {
    return start(application, "record all; record_path .; record_suffix .flv;", false);
  }

  /** Starts one that answers every publisher with 403. */
  public static NginxRtmp startDenying(String application) {
    return start(application, "", true);
  }

  private static NginxRtmp start(String application, String settings, boolean deny) {
    Path executable =
        executable().orElseThrow(() -> new IllegalStateException("no nginx with RTMP module"));
    NginxRtmp server = new NginxRtmp(executable, application, settings, deny);
    try {
      server.process.awaitReady("its port", START_LIMIT, () -> Loopback.accepts(server.rtmpPort));
    } catch (IllegalStateException e) {
      server.close();
      throw e;
    }
    return server;
  }

  /** Where {@code stream} is published and played. */
  public String url(String stream) {
    return "rtmp://" + Loopback.HOST + ":" + rtmpPort + "/" + application + "/" + stream;
  }

  /** The file {@code stream} is written to; complete once its publisher has gone. */
  public Path recording(String stream) {
    return directory.resolve(stream + ".flv");
  }

  /** How many publishers were turned away. */
  public int denials() {
    return denials.get();
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
    if (gate != null) {
      gate.stop(0);
    }
    Loopback.deleteDirectory(directory);
  }

  private HttpServer denyingGate() {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(Loopback.HOST, 0), 0);
      server.createContext(
          "/",
          exchange -> {
            denials.incrementAndGet();
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String configuration(String settings) {
    return String.join(
        "\n",
        "load_module " + module().orElseThrow() + ";",
        "daemon off;",
        "master_process off;",
        "pid nginx.pid;",
        "error_log stderr notice;",
        "events { worker_connections 1024; }",
        "rtmp {",
        "  server {",
        "    listen " + Loopback.HOST + ":" + rtmpPort + ";",
        "    chunk_size 4096;",
        "    max_message 16M;",
        "    application " + application + " {",
        "      live on;",
        settings,
        "    }",
        "  }",
        "}",
        "");
  }

  private static Optional<Path> module() {
    return Stream.of("/usr/lib/nginx/modules", "/usr/lib64/nginx/modules", "/etc/nginx/modules")
        .map(directory -> Path.of(directory, "ngx_rtmp_module.so"))
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
