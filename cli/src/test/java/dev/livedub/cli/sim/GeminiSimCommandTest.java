package dev.livedub.cli.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.testkit.gemini.GeminiSim;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class GeminiSimCommandTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(GeminiSimCommand.Serving serving, String... args) {
    GeminiSimCommand command = new GeminiSimCommand(serving, print(out), print(err));
    return new CommandLine(command.spec()).execute(args);
  }

  @Test
  void call_onAFreePort_servesItsRecordAndEnds() {
    AtomicReference<String> answer = new AtomicReference<>("");
    int code = run(sim -> answer.set(get(sim, "/control/record")), "--port", "0");
    assertThat(code).isZero();
    assertThat(answer.get()).contains("\"clean\":true");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("ws://127.0.0.1:");
  }

  @Test
  void call_withAScript_ordersItsFaults(@TempDir Path directory) throws IOException {
    Path script = directory.resolve("faults.jsonl");
    Files.writeString(script, "# one\n{\"fault\":\"reset\",\"connection\":2}\n");
    AtomicReference<String> answer = new AtomicReference<>("");
    int code =
        run(
            sim -> answer.set(get(sim, "/control/faults")),
            "--port",
            "0",
            "--script",
            script.toString());
    assertThat(code).isZero();
    assertThat(answer.get()).contains("connection=2");
  }

  @Test
  void call_toWriteSourceWhereNothingCanBeWritten_saysSoInALine(@TempDir Path directory) {
    assertThat(run(sim -> {}, "--write-source", directory.toString())).isEqualTo(10);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("livedub: gemini-sim: --write-source = \"" + directory + "\": expected a file");
  }

  @Test
  void call_toWriteSource_writesAndEnds(@TempDir Path directory) throws IOException {
    Path wav = directory.resolve("source.wav");
    int code = run(sim -> {}, "--write-source", wav.toString(), "--length", "2s");
    assertThat(code).isZero();
    assertThat(Files.size(wav)).isEqualTo(44 + 2 * 96_000);
  }

  @ParameterizedTest
  @CsvSource({
    "--port, 99999, --port to be a number from 0 to 65535",
    "--lag, 5, a duration from 1500ms to 60s",
    "--script, /nonexistent/script, --script to be a file that can be read",
  })
  void call_withAWrongOption_saysWhatIsExpected(String option, String value, String message) {
    assertThat(run(sim -> {}, option, value)).isEqualTo(10);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(message);
  }

  private static String get(GeminiSim sim, String path) throws InterruptedException {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sim.port() + path)).build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
