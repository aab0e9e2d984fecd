package dev.livedub.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code livedub demo} as its own process, with somebody at its page.
 *
 * <p><b>Threading:</b> one thread.
 */
final class DemoProcess implements AutoCloseable {

  /** For what takes seconds on a machine that has time. */
  static final Duration LIMIT = Duration.ofSeconds(90);

  private static final Pattern PAGE = Pattern.compile("Watch it: +(http://127\\.0\\.0\\.1:\\d+/)");
  private static final int COPY_BYTES = 16_384;

  private final Livedub livedub;
  private final Path folder;
  private final URI page;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  /** Starts it, and waits until it says where its page is. */
  DemoProcess(Path folder, Map<String, String> environment, String... options) {
    this.folder = folder;
    List<String> arguments = new ArrayList<>(List.of("--folder", folder.toString()));
    arguments.addAll(List.of(options));
    livedub = Livedub.run("demo", arguments, environment);
    livedub.process().awaitReady("its page", LIMIT, () -> PAGE.matcher(livedub.output()).find());
    Matcher found = PAGE.matcher(livedub.output());
    assertThat(found.find()).isTrue();
    page = URI.create(found.group(1));
  }

  URI page() {
    return page;
  }

  Path folder() {
    return folder;
  }

  String output() {
    return livedub.output();
  }

  /** The processes that it started and that are there. */
  List<ProcessHandle> children() {
    return ProcessHandle.of(livedub.process().pid()).stream()
        .flatMap(ProcessHandle::descendants)
        .toList();
  }

  /** Waits until it has been on air for so long. */
  void awaitOnAir(double seconds) {
    livedub
        .process()
        .awaitReady(
            seconds + " s on air",
            LIMIT,
            () -> status().path("onAirSeconds").asDouble() >= seconds);
  }

  /** What the page is told of where it stands. */
  JsonNode status() {
    try {
      return json.readTree(get("status").body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** An answer of the page's server. */
  HttpResponse<String> get(String path) {
    try {
      return client.send(request(path), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(path, e);
    }
  }

  /** Reads an answer without end for a while. */
  byte[] read(String path, Duration howLong) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = client.send(request(path), BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    long endNanos = System.nanoTime() + howLong.toNanos();
    try (InputStream body = answer.body()) {
      byte[] bytes = new byte[COPY_BYTES];
      while (System.nanoTime() < endNanos) {
        int count = body.read(bytes);
        if (count < 0) {
          break;
        }
        read.write(bytes, 0, count);
      }
    }
    return read.toByteArray();
  }

  /** Waits for its end, and fails unless all bounds held. */
  String awaitSuccess() throws IOException {
    int code = livedub.awaitExit(LIMIT.multipliedBy(2));
    assertThat(code).as(livedub.output()).isZero();
    return Files.readString(folder.resolve("table.txt"));
  }

  /** Sends SIGTERM; the exit code, if the end came within the five seconds that are promised. */
  int stop() {
    return livedub.stop();
  }

  @Override
  public void close() {
    children().forEach(ProcessHandle::destroyForcibly);
    livedub.close();
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(page.resolve(path)).build();
  }
}
