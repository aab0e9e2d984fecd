package dev.livedub.cli.dub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.cli.TestCommandLine;
import dev.livedub.core.caption.Caption;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.PlayoutDelay;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.core.translate.PassthroughTranslator;
import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import dev.livedub.core.worker.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DubCommandTest {

  @TempDir Path directory;
  private final TestCommandLine line = new TestCommandLine();

  @Test
  void dub_flagsEnvironmentAndFile_reachTheWorkerInTheirOrder() throws Exception {
    Path file = file("defaults:", "  delay: 3s", "  slot: 3s", "  duck-db: -3", "  fast: true");
    line.environment.put("LIVEDUB_DELAY", "2s");
    line.environment.put("LIVEDUB_SLOT", "2s");
    line.environment.put("LIVEDUB_CONFIG", file.toString());
    line.environment.put("LIVEDUB_OUTPUT", "rtmp://127.0.0.1/a/b rtmp://127.0.0.1/a/c");
    line.environment.put("LIVEDUB_TARGET_LANG", "");

    assertThat(dub("--input", "in.ts", "--delay", "1s", "--no-fast")).isZero();

    DubConfig config = line.config();
    assertThat(config.delay()).isEqualTo(PlayoutDelay.fixed(Duration.ofSeconds(1)));
    assertThat(config.slot()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.duckDb()).isEqualTo(-3);
    assertThat(config.fast()).isFalse();
    assertThat(config.outputs()).containsExactly("rtmp://127.0.0.1/a/b", "rtmp://127.0.0.1/a/c");
    assertThat(config.targetLang()).hasValue("es");
    assertThat(config.translator()).isEqualTo(TranslatorKind.PASSTHROUGH);
  }

  @ParameterizedTest
  @EnumSource(ExitCode.class)
  void dub_workerThatEnds_givesItsExitCode(ExitCode exit) {
    line.exit = exit;
    assertThat(dub("--input", "a", "--output", "rtmp://127.0.0.1/a/b")).isEqualTo(exit.code());
    assertThat(line.err())
        .contains("\"event\":\"dub_started\"")
        .contains("\"event\":\"dub_ended\"")
        .contains("\"exitCode\":" + exit.code());
  }

  @Test
  void dub_launcherThatThrows_isInternalWithItsTraceInTheLog() {
    line.failure = new IllegalStateException("broken");
    assertThat(dub("--input", "a", "--output", "rtmp://127.0.0.1/a/b")).isEqualTo(50);
    assertThat(line.err())
        .contains("\"event\":\"internal_error\"")
        .contains("java.lang.IllegalStateException: broken");
    assertThat(line.ended).isTrue();
  }

  @Test
  void dub_streamKeys_appearNowhere() {
    String[] flags = {
      "--input", "rtsp://u:SECRET@cam.example/x", "--output", "rtmps://live.example/app/SECRET"
    };
    assertThat(dub(flags)).isZero();
    assertThat(line.err()).contains("rtmps://live.example/app/***").doesNotContain("SECRET");
  }

  @Test
  void dub_everythingWrong_isReportedTogetherWithoutTrace() throws Exception {
    Path file = file("defaults:", "  delya: 3s", "  slot: 1ms", "http: {}", "htpp: {}");
    line.environment.put("LIVEDUB_DUCK_DB", "5");
    line.environment.put("LIVEDUB_DELY", "5s");
    int code =
        dub(
            "--config", file.toString(),
            "--input", "ftp://h/x",
            "--output", directory + "/none/a.flv",
            "--output", directory + "/a.avi",
            "--output", "rtmp://live.example/app/SECRET",
            "--delay", "90s",
            "--metrics-port", "65536",
            "--log-format", "xml");

    assertThat(code).isEqualTo(10);
    assertThat(line.err().lines())
        .allMatch(each -> each.startsWith("livedub: ") && each.contains(": expected "))
        .anyMatch(each -> each.contains("delay = \"90s\" (--delay): expected a duration from 0s"))
        .anyMatch(each -> each.contains("duck-db = \"5\" (LIVEDUB_DUCK_DB)"))
        .anyMatch(each -> each.contains("LIVEDUB_DELY") && each.contains("LIVEDUB_DELAY?"))
        .anyMatch(each -> each.contains("slot = \"1ms\" (" + file + " line 3)"))
        .anyMatch(each -> each.contains("delya (" + file + " line 2)") && each.contains("delay?"))
        .anyMatch(each -> each.contains("htpp (" + file + " line 5)"))
        .anyMatch(each -> each.contains("input = \"ftp://h/x\" (--input)"))
        .anyMatch(each -> each.contains("/a.avi\" (--output)"))
        .anyMatch(each -> each.contains("a file in a directory that exists"))
        .anyMatch(each -> each.contains("metrics-port = \"65536\" (--metrics-port)"))
        .anyMatch(each -> each.contains("log-format = \"xml\" (--log-format): expected one of"))
        .hasSize(11);
    assertThat(line.err()).doesNotContain("SECRET");
  }

  @Test
  void dub_fileThatCannotBe_isRefused() throws Exception {
    Path broken = file("defaults: {delay: 6s");
    assertThat(dub("--config", broken.toString())).isEqualTo(10);
    assertThat(dub("--config", directory + "/none.yaml")).isEqualTo(10);
    assertThat(dub("--config", directory.toString())).isEqualTo(10);
    assertThat(line.err())
        .contains("expected valid YAML", "at line ")
        .contains("none.yaml\" (--config): expected a file that exists")
        .contains("expected a readable YAML file");
  }

  @Test
  void dub_fileWithEachKeyTwiceOrNoMapping_isRefused() throws Exception {
    Path twice = file("defaults:", "  delay: 6s", "  delay: 7s", "  slot: [1s]", "  fast:");
    assertThat(dub("--config", twice.toString())).isEqualTo(10);
    assertThat(line.err())
        .contains("delay (" + twice + " line 3): expected each key once")
        .contains("slot (" + twice + " line 4): expected a duration")
        .contains("fast (" + twice + " line 5): expected true or false");
    Path list = file("- a", "- b");
    assertThat(dub("--config", list.toString())).isEqualTo(10);
    assertThat(line.err()).contains("line 1): expected keys with values");
  }

  @Test
  void dub_variablesThatAreNoSettings_areLeftAlone() {
    line.environment.put("LIVEDUB_JAVA_OPTS", "-Xmx1g");
    line.environment.put("LIVEDUB_PORT", "tcp://10.0.0.1:80");
    line.environment.put("LIVEDUB_PORT_80_TCP_ADDR", "10.0.0.1");
    line.environment.put("LIVEDUB_SERVICE_HOST", "10.0.0.1");
    assertThat(dub("--input", "a", "--output", "rtmp://127.0.0.1/a/b")).isZero();
  }

  @Test
  void dub_keyForGemini_makesItTheDefaultWhichThisVersionLacks() {
    line.environment.put("GOOGLE_API_KEY", "SECRET");
    assertThat(dub("--input", "a", "--output", "rtmp://127.0.0.1/a/b")).isEqualTo(10);
    assertThat(line.err())
        .contains("translator = \"gemini\" (default, as GOOGLE_API_KEY is set)")
        .contains("gemini is not available in this version")
        .doesNotContain("SECRET");
    assertThat(dub("--input", "a", "--output", "rtmp://127.0.0.1/a/b", "--translator", "tone"))
        .isZero();
  }

  @Test
  void dub_gemini_isTheDefaultWithAKeyAndRefusedWithoutAWayThere() {
    String[] flags = {"--input", "a", "--output", "rtmp://127.0.0.1/a/b", "--target-lang", "en-US"};
    line.translators.put(TranslatorKind.GEMINI, (config, meters) -> new PassthroughTranslator());
    line.environment.put("LIVEDUB_TRANSLATOR", "gemini");
    assertThat(dub(flags)).isEqualTo(10);
    assertThat(line.err().lines())
        .containsExactly(
            "livedub: translator = \"gemini\" (LIVEDUB_TRANSLATOR): expected a key, or"
                + " --vertex-project, or a --gemini-url of this machine");

    line.environment.remove("LIVEDUB_TRANSLATOR");
    line.environment.put("GEMINI_API_KEY", "SECRET");
    assertThat(dub(flags)).isZero();
    assertThat(line.config().translator()).isEqualTo(TranslatorKind.GEMINI);
    assertThat(line.config().targetLang()).hasValue("en");

    flags[5] = "xx";
    assertThat(dub(flags)).isEqualTo(10);
    assertThat(line.err())
        .contains("target-lang = \"xx\" (--target-lang): expected a language there is")
        .doesNotContain("SECRET");
  }

  @Test
  void dub_captions_areWrittenWhileOnAir() throws Exception {
    Path vtt = directory.resolve("out.vtt");
    line.captions.add(new Caption(Side.TARGET, "Buenas noches.", null, 1_000_000, 2_000_000));
    String[] flags = {
      "--input", "a", "--output", "rtmp://127.0.0.1/a/b", "--captions", vtt.toString()
    };
    assertThat(dub(flags)).isZero();
    assertThat(vtt)
        .content()
        .endsWith("Language: es\n\n00:00:01.000 --> 00:00:02.000\nBuenas noches.\n\n");

    flags[5] = directory + "/none/out.vtt";
    assertThat(dub(flags)).isEqualTo(10);
    assertThat(line.err())
        .contains("out.vtt\" (--captions): expected a file in a directory that exists");
  }

  @Test
  void dub_commandLineThatIsNone_isUsage() {
    assertThat(dub("--outptu", "rtmp://live.example/app/SECRET")).isEqualTo(2);
    assertThat(dub("--delay")).isEqualTo(2);
    assertThat(dub("--delay", "1s", "--delay", "2s")).isEqualTo(2);
    assertThat(dub("rtmp://live.example/app/SECRET")).isEqualTo(2);
    assertThat(line.run("dbu")).isEqualTo(2);
    assertThat(line.run()).isEqualTo(2);
    assertThat(line.err())
        .contains("unknown option --outptu; did you mean --output?")
        .contains("unexpected word dbu; did you mean dub?")
        .contains("Try: livedub dub --help")
        .doesNotContain("SECRET");
  }

  @Test
  void dub_help_showsEveryOptionAndGoesToStandardOut() {
    assertThat(dub("--help")).isZero();
    assertThat(line.out()).contains("--target-lang=TAG", "Examples:", "Exit codes:");
    assertThat(line.err()).isEmpty();
    assertThat(line.run("--version")).isZero();
    assertThat(line.out()).contains("livedub ");
  }

  @Test
  void dub_metricsPort_isServedWhileOnAirAndClosedAfter() {
    String[] flags = {"--input", "a", "--output", "rtmp://127.0.0.1/a/b", "--metrics-port", "0"};
    assertThat(dub(flags)).isZero();
    assertThat(line.err()).contains("\"event\":\"metrics_listening\"", "\"port\":4711");
    assertThat(line.metricsClosed).isTrue();

    line.metricsFailure = new IOException("in use");
    assertThat(dub(flags)).isEqualTo(10);
    assertThat(line.err()).contains("metrics-port = \"127.0.0.1:0\"").contains("in use");
  }

  private int dub(String... flags) {
    String[] words = new String[flags.length + 1];
    words[0] = "dub";
    System.arraycopy(flags, 0, words, 1, flags.length);
    return line.run(words);
  }

  private Path file(String... lines) throws IOException {
    Path file = Files.createTempFile(directory, "livedub", ".yaml");
    return Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
  }
}
