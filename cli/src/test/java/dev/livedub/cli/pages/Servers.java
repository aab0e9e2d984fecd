package dev.livedub.cli.pages;

import dev.livedub.cli.pages.Rule.Stage;
import dev.livedub.testkit.gemini.GeminiSim;
import dev.livedub.testkit.thirdparty.ChildProcess;
import dev.livedub.testkit.thirdparty.Ffmpeg;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a page presupposes: the simulator, MediaMTX with publishers, {@code livedub serve}. Each is
 * started when a command needs it, and kept for those after it.
 *
 * <p><b>Threading:</b> one thread.
 */
final class Servers implements AutoCloseable {

  private static final Pattern STREAM = Pattern.compile("(?:streams/|live(?:/|%2F))(\\w[\\w-]*)");

  /** The stream of commands that name none. */
  private static final String ANY_STREAM = "demo";

  private final Sandbox sandbox;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Ffmpeg> publishers = new HashMap<>();
  private final GeminiSim simulator;
  private final String serveOptions;
  private @Nullable ChildProcess mediamtx;
  private @Nullable ChildProcess serve;

  /**
   * Has none running but the simulator.
   *
   * @param serveOptions further options of {@code livedub serve}
   */
  Servers(Sandbox sandbox, GeminiSim simulator, String serveOptions) {
    this.sandbox = sandbox;
    this.simulator = simulator;
    this.serveOptions = serveOptions;
  }

  /** Sets the stage for a command. */
  void prepare(Stage stage, PageCommand command) throws IOException, InterruptedException {
    switch (stage) {
      case FILES -> {}
      case ALONE -> end();
      case SIMULATOR -> sandbox.set("LIVEDUB_GEMINI_URL", simulator.url());
      case MEDIAMTX -> {
        publishers.values().forEach(Ffmpeg::close);
        publishers.clear();
        mediamtx();
      }
      case PUBLISHED -> publish(stream(command));
      case ON_AIR -> bringOnAir(stream(command));
    }
  }

  @Override
  public void close() {
    end();
  }

  private void end() {
    publishers.values().forEach(Ffmpeg::close);
    publishers.clear();
    if (serve != null) {
      serve.close();
      serve = null;
    }
    if (mediamtx != null) {
      mediamtx.close();
      mediamtx = null;
    }
  }

  private static String stream(PageCommand command) {
    Matcher stream = STREAM.matcher(command.text());
    return stream.find() ? stream.group(1) : ANY_STREAM;
  }

  private void mediamtx() {
    if (mediamtx == null) {
      String start =
          "export LIVEDUB_URL=http://"
              + sandbox.address(8080)
              + " LIVEDUB_HOOK_SECRET_FILE=$PWD/etc/livedub/hook"
              + " MTX_AUTHINTERNALUSERS_0_PASS="
              + Sandbox.PASSWORD
              + "\nexec > >(tee mediamtx.log) 2>&1; exec mediamtx mediamtx/mediamtx.yml";
      mediamtx = sandbox.start("", start);
      mediamtx.awaitLine("[API] started", Sandbox.limit());
    }
  }

  private void publish(String streamId) {
    mediamtx();
    Ffmpeg publisher = publishers.get(streamId);
    if (publisher == null || !publisher.process().isAlive()) {
      String url =
          "rtmp://"
              + sandbox.address(1935)
              + "/live/"
              + streamId
              + "/in?user=publisher&pass="
              + Sandbox.PASSWORD;
      publisher = Ffmpeg.publish(sandbox.place("clip.mp4"), url);
      publishers.put(streamId, publisher);
      publisher
          .process()
          .awaitReady("a path", Sandbox.limit(), () -> get(9997, path(streamId)).contains("true"));
    }
  }

  private void bringOnAir(String streamId) throws IOException, InterruptedException {
    if (serve == null) {
      sandbox.set("LIVEDUB_GEMINI_URL", simulator.url());
      mediamtx();
      serve =
          sandbox.start(
              "",
              "export GEMINI_API_KEY=any\nexec > >(tee livedub.log) 2>&1; exec livedub serve"
                  + " --config livedub.yaml --worker-mode thread --delay 6s "
                  + serveOptions);
      serve.awaitLine("serve_started", Sandbox.limit());
    }
    publish(streamId);
    Objects.requireNonNull(serve)
        .awaitReady(streamId + " on air", Sandbox.limit(), () -> isOnAir(streamId));
  }

  private boolean isOnAir(String streamId) {
    String view = get(8080, "/v1/streams/" + streamId);
    if (view.contains("\"state\":\"IDLE\"")) {
      ask(8080, "/v1/streams/" + streamId + "/restart", "POST");
    }
    return view.contains("\"state\":\"RUNNING\"")
        && get(9997, "/v3/paths/get/live%2F" + streamId + "%2Fout").contains("\"online\":true");
  }

  private static String path(String streamId) {
    return "/v3/paths/get/live%2F" + streamId + "%2Fin";
  }

  private String get(int port, String path) {
    return ask(port, path, "GET");
  }

  /** What is answered; empty if nobody does. */
  private String ask(int port, String path, String method) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + sandbox.address(port) + path))
            .header("Authorization", "Bearer " + Sandbox.TOKEN)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking", e);
    }
  }
}
