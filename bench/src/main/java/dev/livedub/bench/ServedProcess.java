package dev.livedub.bench;

import dev.livedub.testkit.net.FreePorts;
import dev.livedub.testkit.thirdparty.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code livedub serve} as it is run, told of streams by hooks.
 *
 * <p><b>Threading:</b> one thread.
 */
final class ServedProcess implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration ARCHIVE_LIMIT = Duration.ofSeconds(120);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port = FreePorts.next();
  private final Path stateDir;
  private final ChildProcess process;

  /**
   * Starts it, and waits until it is ready.
   *
   * @param mode {@code process} or {@code thread}
   */
  ServedProcess(Loop loop, String mode, List<String> options) {
    stateDir = temporary();
    List<String> command = Candidate.livedub();
    command.addAll(List.of("serve", "--http-addr", "127.0.0.1:" + port, "--worker-mode", mode));
    command.addAll(List.of("--mediamtx-rtsp", loop.rtspBase()));
    command.addAll(List.of("--mediamtx-rtmp", loop.rtmpBase(), "--mediamtx-api", "off"));
    command.addAll(List.of("--state-dir", stateDir.toString()));
    command.addAll(options);
    process = ChildProcess.start("livedub serve", Path.of("/"), Map.of(), command);
    process.awaitReady("readiness", START_LIMIT, () -> get("/readyz") == 200);
  }

  /** Waits until workers' processes can start from an archive of their classes. */
  void awaitClassArchive() {
    process.awaitReady("the archive of classes", ARCHIVE_LIMIT, this::hasClassArchive);
  }

  private boolean hasClassArchive() {
    try (Stream<Path> files = Files.list(stateDir)) {
      return files.anyMatch(file -> file.toString().endsWith(".jsa"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ChildProcess process() {
    return process;
  }

  /** Says that a stream is published. */
  void ready(String streamId) {
    String body = "{\"path\":\"live/%s/in\",\"sourceId\":\"%s\"}".formatted(streamId, streamId);
    int status = send(post("/v1/mediamtx/events/ready", body));
    if (status != 202) {
      throw new IllegalStateException("a hook was answered " + status);
    }
  }

  /** Says that a stream is not wanted. */
  void stop(String streamId) {
    send(post("/v1/streams/" + streamId + "/stop", ""));
  }

  /** What the orchestrator's own process has used. */
  ProcessUsage ownUsage() {
    return ProcessUsage.of(process.pid());
  }

  /** What its workers' processes have used; nothing if they are threads. */
  ProcessUsage workersUsage() {
    return workers()
        .map(worker -> ProcessUsage.of(worker.pid()))
        .reduce(new ProcessUsage(0, 0), ProcessUsage::plus);
  }

  private Stream<ProcessHandle> workers() {
    return ProcessHandle.of(process.pid()).stream().flatMap(ProcessHandle::children);
  }

  private int get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).timeout(ANSWER_LIMIT).build());
  }

  private HttpRequest post(String path, String body) {
    return HttpRequest.newBuilder(uri(path))
        .timeout(ANSWER_LIMIT)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private int send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> left = workers().toList();
    process.close();
    left.forEach(ProcessHandle::destroyForcibly);
    try (Stream<Path> files = Files.walk(stateDir)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("ldb");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
