package dev.livedub.cli.pages;

import static dev.livedub.cli.pages.Rule.Runs.toTheEnd;
import static dev.livedub.cli.pages.Rule.Runs.until;

import dev.livedub.cli.pages.Rule.Looked;
import dev.livedub.cli.pages.Rule.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is done with each command of the pages; the first rule that fits counts. */
final class Rules {

  private static final String ANY = ".*";

  private static final Rule.Way BUILD =
      new Looked("it is the build that these tests are part of", Looks::maven);
  private static final Rule.Way TESTS = new Looked("it is what runs these tests", Looks::script);
  private static final Rule.Way BENCH =
      new Looked("it measures for minutes, on a quiet machine", Looks::script);
  private static final Rule.Way ENGINE =
      new Looked("it needs Docker's engine and images from a registry", Looks::docker);
  private static final Rule.Way DEBIAN =
      new Looked("it installs into the system", Looks::debianPackage);
  private static final Rule.Way NAMED =
      new Looked("it names how a command begins, to speak of it", Looks::named);

  /** What is not run, each with its reason. */
  private static final List<Rule> LOOKED_AT =
      List.of(
          Rule.of(ANY, "(?:E2E_SECONDS=\\d+ )?mvn .*", BUILD),
          Rule.of(ANY, "(?:E2E_SECONDS=\\d+ )?\\./test(?: .*)?", TESTS),
          Rule.of(ANY, "bench/.*", BENCH),
          Rule.of(ANY, "docker (?:compose|build|buildx|run|logs|exec|restart)\\b.*", ENGINE),
          Rule.of(ANY, "apt-get .*", DEBIAN),
          Rule.of(
              "docs/install\\.md",
              "java -jar .*",
              new Looked("its jar is built after the tests", Looks::java)),
          Rule.of(
              "docs/dub-timeline\\.md",
              "java -cp .*",
              new Looked("it measures for minutes", Looks::java)),
          Rule.of(
              "docs/publishing\\.md",
              "vlc .*",
              new Looked("it needs a screen", Looks::dubsAddress)),
          Rule.of(
              "docs/runbook\\.md", "journalctl -u livedub -o cat|curl -s|systemctl restart", NAMED),
          Rule.of(
              "docs/(?:performance|adr/\\S+)\\.md",
              "ffmpeg (?:-c:v copy )?-c(?::a)? (?:copy|aac)",
              NAMED));

  private static final List<Rule> RUN =
      List.of(
          Rule.of("README\\.md", "\\./livedub demo", toTheEnd(Stage.FILES).showing(demosRows())),
          Rule.of(
              "(?:CONTRIBUTING|docs/demo)\\.md",
              "\\./livedub demo",
              toTheEnd(Stage.FILES).with("--seconds 15").showing("Every bound held")),
          // Its ninety seconds are run by DemoFaultsTest.
          Rule.of(
              "docs/demo\\.md",
              "\\./livedub demo --faults",
              toTheEnd(Stage.FILES).with("--help").showing("--faults")),
          Rule.of(
              "docs/demo\\.md",
              "\\./livedub demo --keep .*",
              until(Stage.FILES, "http://127.0.0.1:")),
          Rule.of(
              ANY, "\\./livedub (?:dub )?--help", toTheEnd(Stage.FILES).showing("Usage: livedub")),
          Rule.of(
              ANY, "(?:\\./)?livedub dub .*--input rtsp://127.*", until(Stage.PUBLISHED, "on air")),
          Rule.of(
              "docs/metrics\\.md",
              "livedub dub --metrics-port 9100",
              toTheEnd(Stage.FILES).with("--input clip.mp4 --output copy.flv")),
          Rule.of(
              ANY, "(?:GEMINI_API_KEY=\\S+ )?(?:\\./)?livedub dub .*", toTheEnd(Stage.SIMULATOR)),
          Rule.of(
              ANY,
              "GEMINI_API_KEY=\\S+(?: \\S+)?\\)? \\S*livedub doctor --gemini",
              toTheEnd(Stage.ON_AIR).showing("ok    session")),
          Rule.of(
              ANY,
              "\\S*livedub doctor --config .*",
              toTheEnd(Stage.ON_AIR).showing("MediaMTX +v1")),
          Rule.of(ANY, "\\S*livedub completion bash(?: > .*)?", toTheEnd(Stage.FILES)),
          Rule.of(ANY, "source <\\(livedub completion bash\\)", toTheEnd(Stage.FILES)),
          Rule.of(ANY, "(?:\\./)?livedub serve .*", until(Stage.ALONE, "serve_started")),
          Rule.of("docs/egress\\.md", ".*livedub forward .*", until(Stage.ON_AIR, "\"on_air\"")),
          Rule.of(
              "docs/gemini-sim\\.md",
              "\\./livedub gemini-sim --write-source .*",
              toTheEnd(Stage.FILES)),
          Rule.of(ANY, "\\./livedub gemini-sim --port .*", until(Stage.FILES, "ws://127.0.0.1:")),
          Rule.of(
              "docs/gemini-sim\\.md",
              "\\./livedub gemini-sim(?: --script .*)?",
              until(Stage.FILES, "ws://127.0.0.1:").with("--port 0")),
          Rule.of("docs/gemini-sim\\.md", "curl .*", toTheEnd(Stage.SIMULATOR)),
          Rule.of("mediamtx/README\\.md", "export .*", toTheEnd(Stage.FILES)),
          Rule.of("mediamtx/README\\.md", "install .*", toTheEnd(Stage.FILES)),
          Rule.of("docs/orchestrator\\.md", "export .*", toTheEnd(Stage.FILES)),
          Rule.of(ANY, "(?:MTX_\\w+=\\S+ )?mediamtx .*", until(Stage.ALONE, "[RTMP] started")),
          Rule.of(
              "mediamtx/README\\.md",
              "printf .*",
              toTheEnd(Stage.FILES).showing("(?m)^[A-Za-z0-9+/]{43}=$")),
          Rule.of(
              "mediamtx/README\\.md|docs/publishing\\.md", "ffmpeg .*", toTheEnd(Stage.MEDIAMTX)),
          Rule.of(ANY, "ffplay .*/in", until(Stage.PUBLISHED, "Input #0")),
          Rule.of(ANY, "ffplay .*/out", until(Stage.ON_AIR, "Input #0")),
          Rule.of("docs/egress\\.md", "keytool .*", toTheEnd(Stage.FILES)),
          Rule.of("docs/http-api\\.md", "curl -N .*", until(Stage.ON_AIR, "WEBVTT")),
          Rule.of(
              "docs/(?:http-api|orchestrator|egress)\\.md",
              "curl .*",
              toTheEnd(Stage.ON_AIR).showing("\"streamId\"|\"streams\"")),
          Rule.of("docs/metrics\\.md", "promtool .*", toTheEnd(Stage.FILES).showing("SUCCESS")),
          Rule.of(
              "docs/install\\.md", "GEMINI_API_KEY=… docker/init-secrets", toTheEnd(Stage.FILES)),
          Rule.of("docs/install\\.md", "journalctl -fu .*", until(Stage.ON_AIR, "serve_started")),
          Rule.of(
              "docs/install\\.md",
              "(?:tar|ln|/opt/livedub/|install|systemd-sysusers|\\(umask|systemctl).*",
              toTheEnd(Stage.FILES)),
          Rule.of("docs/runbook\\.md", "T=.*", toTheEnd(Stage.FILES)),
          Rule.of("docs/runbook\\.md", "journalctl .*", toTheEnd(Stage.ON_AIR).orNothingFound()),
          Rule.of(
              "docs/runbook\\.md",
              ".*\\$L/metrics \\| grep .*",
              toTheEnd(Stage.ON_AIR).orNothingFound()),
          Rule.of(
              "docs/runbook\\.md",
              "curl .*\\$L/v1/\\S+",
              toTheEnd(Stage.ON_AIR).showing("\"streamId\"|\"streams\"")),
          Rule.of(
              "docs/runbook\\.md",
              "curl .*\\| grep -o .*",
              toTheEnd(Stage.ON_AIR).showing("gemini")),
          Rule.of(
              "docs/runbook\\.md",
              "curl -s \\$L/readyz .*",
              toTheEnd(Stage.ON_AIR).showing("ready")),
          Rule.of(
              "docs/runbook\\.md",
              "curl -s \\$M/.*",
              toTheEnd(Stage.ON_AIR).showing("\"(?:items|available)\"")),
          Rule.of(
              "docs/runbook\\.md", "ffprobe .*", toTheEnd(Stage.ON_AIR).showing("codec_name=h264")),
          Rule.of(
              "docs/runbook\\.md",
              "grep .*",
              toTheEnd(Stage.FILES).showing("useAbsoluteTimestamp: yes")),
          Rule.of("docs/runbook\\.md", "sed .*", toTheEnd(Stage.FILES)),
          Rule.of("docs/runbook\\.md", "systemctl restart \\w+", toTheEnd(Stage.FILES)));

  private Rules() {}

  /** Those that fit a command. */
  static List<Rule> fitting(PageCommand command) {
    return all().stream().filter(rule -> rule.fits(command)).toList();
  }

  /** What README's table of the demo is about, row by row. */
  private static String demosRows() {
    try {
      return PageBlock.DEMO
          .text()
          .lines()
          .map(row -> Pattern.quote(row.strip().replaceFirst(" {2,}.*", "")))
          .collect(Collectors.joining("[\\s\\S]*"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Rule> all() {
    return Stream.of(LOOKED_AT, RUN).flatMap(List::stream).toList();
  }
}
