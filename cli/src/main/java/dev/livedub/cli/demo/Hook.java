package dev.livedub.cli.demo;

import dev.livedub.testkit.rtsp.PublisherListener;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs {@code mediamtx/livedub-hook} when the publisher comes and goes, as MediaMTX would: with the
 * same words and the same environment. The script needs curl or BusyBox; where it cannot do its
 * work, the same is said to the orchestrator from here, and the viewer is told.
 *
 * <p><b>Threading:</b> hears on the server's thread; calls on one of its own, one after the other.
 */
final class Hook implements PublisherListener, AutoCloseable {

  private static final String SCRIPT = "/livedub-hook";
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int ACCEPTED = 202;

  private final URI orchestrator;
  private final String path;
  private final Path script;
  private final Path log;
  private final Consumer<String> notices;
  private final ExecutorService calls =
      Executors.newSingleThreadExecutor(
          body -> {
            Thread made = new Thread(body, "demo-hook");
            made.setDaemon(true);
            return made;
          });

  /**
   * A hook that nothing has called.
   *
   * @param path what is published to
   * @param work a folder for the script, and for what it says
   * @param notices is told what a viewer should know, a sentence each
   */
  Hook(URI orchestrator, String path, Path work, Consumer<String> notices) throws IOException {
    this.orchestrator = orchestrator;
    this.path = path;
    this.notices = notices;
    script = work.resolve("livedub-hook");
    log = work.resolve("hook.log");
    try (InputStream file = Hook.class.getResourceAsStream(SCRIPT)) {
      if (file == null) {
        throw new IllegalStateException("this program lacks its file " + SCRIPT);
      }
      Files.copy(file, script);
    }
  }

  @Override
  public void came(long publication) {
    begin("ready", publication);
  }

  @Override
  public void left(long publication) {
    begin("not-ready", publication);
  }

  @Override
  public void close() {
    calls.shutdownNow();
  }

  private void begin(String event, long publication) {
    try {
      calls.execute(() -> call(event, publication));
    } catch (RejectedExecutionException e) {
      // The demonstration ends, and with it the orchestrator: nobody is there to be told.
    }
  }

  private void call(String event, long publication) {
    try {
      if (!runs(event, "publisher-" + publication)) {
        post(event, "publisher-" + publication);
        notices.accept(
            "mediamtx/livedub-hook could not be run (it needs sh, and curl or BusyBox):"
                + " the orchestrator was told "
                + event
                + " without it.");
      }
    } catch (IOException e) {
      notices.accept("The orchestrator could not be told " + event + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the script has told the orchestrator. */
  private boolean runs(String event, String publisher) throws InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", script.toString(), event);
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
    Map<String, String> environment = builder.environment();
    environment.remove("LIVEDUB_HOOK_SECRET_FILE");
    environment.put("LIVEDUB_URL", orchestrator.toString());
    environment.put("MTX_PATH", path);
    environment.put("MTX_QUERY", "");
    environment.put("MTX_SOURCE_TYPE", "rtspSession");
    environment.put("MTX_SOURCE_ID", publisher);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      // There is no sh here.
      return false;
    }
    try {
      return process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
    } finally {
      process.destroyForcibly();
    }
  }

  private void post(String event, String publisher) throws IOException, InterruptedException {
    String body =
        "{\"path\":\"%s\",\"query\":\"\",\"sourceType\":\"rtspSession\",\"sourceId\":\"%s\"}"
            .formatted(path, publisher);
    HttpRequest request =
        HttpRequest.newBuilder(orchestrator.resolve("/v1/mediamtx/events/" + event))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    int status = HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
    if (status != ACCEPTED) {
      throw new IOException("HTTP " + status);
    }
  }
}
