package dev.livedub.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.config.TranslatorKind;
import dev.livedub.gemini.config.LanguageCodes;
import dev.livedub.testkit.net.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as a whole, on a machine where nothing listens. */
class DoctorCommandTest {

  @TempDir Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @BeforeEach
  void setUp() throws IOException {
    environment.put("LIVEDUB_HTTP_ADDR", "127.0.0.1:" + FreePorts.next());
    environment.put("LIVEDUB_STATE_DIR", directory.resolve("state").toString());
  }

  @Test
  void call_withoutMediaMtx_saysOfEachWayHowToMendIt() throws IOException {
    int port = FreePorts.next();
    int exit =
        run(
            "--mediamtx-rtsp", "rtsp://127.0.0.1:" + port,
            "--mediamtx-rtmp", "rtmp://127.0.0.1:" + port,
            "--mediamtx-api", "http://127.0.0.1:" + port);
    assertThat(exit).isEqualTo(10);
    assertThat(lines("FAIL")).hasSize(3).allMatch(line -> line.contains("refused"));
    assertThat(lines("->")).filteredOn(line -> line.contains("start MediaMTX")).hasSize(3);
    assertThat(lines("ok")).anyMatch(line -> line.contains("FFmpeg"));
    assertThat(lines("ok")).anyMatch(line -> line.contains("is free"));
    assertThat(lines("ok")).anyMatch(line -> line.contains("state dir"));
  }

  @Test
  void call_ofAConfigurationThatServeRefuses_saysEachMistakeAndLooksNoFurther() throws IOException {
    Path file = Files.writeString(directory.resolve("livedub.yaml"), "http: { adr: x }\n");
    assertThat(run("--config", file.toString(), "--max-workers", "many")).isEqualTo(10);
    assertThat(lines("FAIL"))
        .hasSize(2)
        .anyMatch(line -> line.contains("did you mean addr?"))
        .anyMatch(line -> line.contains("max-workers"));
    assertThat(out()).doesNotContain("MediaMTX").doesNotContain("is free");
  }

  @Test
  void call_withAKey_saysThatItIsThereAndNeverWhatItIs() {
    environment.put("GEMINI_API_KEY", "S3CRET-key");
    run("--mediamtx-api", "off");
    assertThat(lines("ok")).anyMatch(line -> line.contains("key") && line.contains("Gemini"));
    assertThat(out()).doesNotContain("S3CRET");
  }

  @Test
  void call_ofGeminiWithoutAKey_failsAndSaysWhereToPutIt() {
    assertThat(run("--mediamtx-api", "off", "--translator", "gemini", "--gemini")).isEqualTo(10);
    assertThat(lines("FAIL"))
        .anyMatch(line -> line.matches("FAIL +key +none for Gemini"))
        .anyMatch(line -> line.matches("FAIL +session +none was opened"));
    assertThat(out()).contains("expected a key in GEMINI_API_KEY");
  }

  @Test
  void call_withoutAKey_warnsThatNothingIsTranslated() {
    run("--mediamtx-api", "off");
    assertThat(lines("warn")).anyMatch(line -> line.contains("nothing is translated"));
    assertThat(lines("warn")).anyMatch(line -> line.contains("control API is off"));
  }

  private int run(String... words) {
    DoctorPorts ports =
        new DoctorPorts("1.2.3", List.of(TranslatorKind.values()), LanguageCodes::resolve);
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new CommandLine(new DoctorCommand(ports, environment, stream, stream).spec())
        .execute(words);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private List<String> lines(String start) {
    return out().lines().filter(line -> line.strip().startsWith(start)).toList();
  }
}
