package dev.livedub.cli.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livedub.testkit.thirdparty.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real Chromium without a window, driven by its DevTools protocol.
 *
 * <p><b>Threading:</b> one thread.
 */
final class DevTools implements AutoCloseable {

  /** The browser's program, as Debian names it. */
  static final String PROGRAM = "chromium";

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ChildProcess browser;
  private final ObjectMapper json = new ObjectMapper();
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final WebSocket socket;
  private int calls;

  /** Opens a page. */
  DevTools(Path profile, URI url) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            PROGRAM,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--autoplay-policy=no-user-gesture-required",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "--window-size=1280,1100",
            url.toString());
    browser = ChildProcess.start("chromium", profile, Map.of(), command);
    Path port = profile.resolve("DevToolsActivePort");
    browser.awaitReady("DevTools", LIMIT, () -> lines(port).size() == 2);
    HttpClient client = HttpClient.newHttpClient();
    URI list = URI.create("http://127.0.0.1:" + lines(port).get(0) + "/json");
    JsonNode targets =
        json.readTree(
            client.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString()).body());
    String page = "";
    for (JsonNode target : targets) {
      page =
          target.path("type").asText().equals("page")
              ? target.path("webSocketDebuggerUrl").asText()
              : page;
    }
    socket = client.newWebSocketBuilder().buildAsync(URI.create(page), new Listener()).join();
  }

  /** What an expression of the page is worth. */
  JsonNode evaluate(String expression) throws IOException, InterruptedException {
    ObjectNode parameters = json.createObjectNode();
    parameters.put("expression", expression);
    parameters.put("returnByValue", true);
    return call("Runtime.evaluate", parameters).path("result").path("value");
  }

  /** Writes what the page looks like. */
  void photograph(Path png) throws IOException, InterruptedException {
    ObjectNode parameters = json.createObjectNode();
    parameters.put("format", "png");
    String data = call("Page.captureScreenshot", parameters).path("data").asText();
    Files.write(png, Base64.getDecoder().decode(data));
  }

  String output() {
    return browser.output();
  }

  @Override
  public void close() {
    socket.abort();
    browser.terminate();
    browser.endsWithin(Duration.ofSeconds(5));
    browser.close();
  }

  private JsonNode call(String method, ObjectNode parameters)
      throws IOException, InterruptedException {
    int id = ++calls;
    ObjectNode call = json.createObjectNode();
    call.put("id", id);
    call.put("method", method);
    call.set("params", parameters);
    socket.sendText(json.writeValueAsString(call), true).join();
    while (true) {
      String message = messages.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no answer to " + method + "\n" + browser.output());
      }
      JsonNode answer = read(message);
      if (answer.path("id").asInt() == id) {
        return answer.path("result");
      }
    }
  }

  private JsonNode read(String message) throws JsonProcessingException {
    return json.readTree(message);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
