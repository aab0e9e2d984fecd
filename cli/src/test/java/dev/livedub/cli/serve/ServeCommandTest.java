package dev.livedub.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.config.ConfigException;
import dev.livedub.core.config.ConfigProblem;
import dev.livedub.core.config.GeminiAccess;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.orchestrator.config.ServeConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ServeCommandTest {

  @TempDir Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private @Nullable ServeConfig served;
  private @Nullable IOException failure;
  private @Nullable ConfigProblem unusable;

  @Test
  void serve_configurationThatIsRight_isServed() {
    assertThat(run("--http-addr", "127.0.0.1:0", "--worker-mode", "thread")).isEqualTo(7);
    assertThat(served).isNotNull();
    assertThat(served.http().port()).isZero();
    assertThat(errors()).isEmpty();
  }

  @Test
  void serve_configurationThatIsWrong_isRefusedWithEveryMistake() {
    environment.put("LIVEDUB_GRACE", "soon");
    assertThat(run("--http-addr", "8080", "--max-workers", "many")).isEqualTo(10);
    assertThat(served).isNull();
    assertThat(errors().lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("livedub: ") && line.contains(": expected "));
  }

  @Test
  void serve_addressThatCannotBeHad_isRefused() {
    failure = new IOException("in use");
    assertThat(run("--http-addr", "127.0.0.1:80")).isEqualTo(10);
    assertThat(errors())
        .isEqualTo(
            "livedub: http-addr = \"127.0.0.1:80\" (address to listen on): expected an address this"
                + " process may listen on; in use\n");
  }

  @Test
  void serve_settingThatTurnsOutNotToBeUsable_isRefused() {
    unusable = new ConfigProblem("state-dir", "--state-dir", "/d", "a shorter path");
    assertThat(run()).isEqualTo(10);
    assertThat(errors())
        .isEqualTo("livedub: state-dir = \"/d\" (--state-dir): expected a shorter path\n");
  }

  @Test
  void serve_openSecret_isWarnedOfInTheLog() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "S3CRET");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(run("--token-file", token.toString())).isEqualTo(7);
    assertThat(errors())
        .contains("\"event\":\"configuration_warning\"", "token-file " + token)
        .doesNotContain("S3CRET");
  }

  @Test
  void serve_help_showsEveryOption() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--http-addr=HOST:PORT", "--target-lang=TAG", "Examples:", "Exit codes:")
        .doesNotContain("--output");
  }

  private int run(String... words) {
    ServePorts ports =
        new ServePorts(
            List.of(TranslatorKind.values()),
            GeminiAccess.NONE,
            (options, logging) -> {
              if (failure != null) {
                throw failure;
              }
              if (unusable != null) {
                throw new ConfigException(List.of(unusable));
              }
              served = options.config();
              return 7;
            });
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    CommandLine line = new CommandLine(new ServeCommand(ports, environment, errors).spec());
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    return line.execute(words);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
