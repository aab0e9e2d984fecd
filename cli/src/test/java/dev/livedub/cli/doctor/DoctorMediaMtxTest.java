package dev.livedub.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.livedub.cli.Main;
import dev.livedub.cli.mediamtx.SetUpMediaMtx;
import dev.livedub.orchestrator.config.HttpConfig;
import dev.livedub.orchestrator.config.MediaMtxConfig;
import dev.livedub.orchestrator.config.Secret;
import dev.livedub.testkit.net.FreePorts;
import dev.livedub.testkit.thirdparty.ChildProcess;
import dev.livedub.testkit.thirdparty.MediaMtx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The findings about the real MediaMTX, set up rightly and wrongly, and a running livedub. */
@Tag("e2e")
class DoctorMediaMtxTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path directory;

  @BeforeEach
  void setUp() {
    assumeTrue(MediaMtx.executable().isPresent(), "no mediamtx on the PATH");
  }

  @Test
  void mediamtx_asItComesWithLivedub_isWell() throws Exception {
    try (SetUpMediaMtx server = new SetUpMediaMtx(directory, SetUpMediaMtx.HOOK, Map.of())) {
      List<Diagnosis> lines = lines(server.rtsp(), server.rtmp(), server.api());
      assertThat(lines).allMatch(line -> line.level() == Diagnosis.Level.OK);
      assertThat(lines)
          .extracting(Diagnosis::subject)
          .containsExactly("RTSP", "RTMP", "MediaMTX", "hooks", "lip sync", "paths");
    }
  }

  @Test
  void mediamtx_withoutHooksPathsAndClock_failsWithWhatToSet() throws Exception {
    // The server of other tests: every path may be published, nothing is run, no clock is kept.
    try (MediaMtx server = MediaMtx.start()) {
      List<Diagnosis> lines =
          lines(base(server.rtspUrl("")), base(server.rtmpUrl("")), server.apiUrl());
      assertThat(of(lines, "hooks").level()).isEqualTo(Diagnosis.Level.WARN);
      assertThat(of(lines, "hooks").advice()).contains("runOnOnline, runOnOffline");
      assertThat(of(lines, "lip sync").isFail()).isTrue();
      assertThat(of(lines, "lip sync").advice()).contains("useAbsoluteTimestamp: yes");
    }
  }

  @Test
  void mediamtx_withTheAddressesSwapped_failsForBoth() throws Exception {
    try (SetUpMediaMtx server = new SetUpMediaMtx(directory, SetUpMediaMtx.HOOK, Map.of())) {
      String rtsp = server.rtmp().replace("rtmp:", "rtsp:");
      String rtmp = server.rtsp().replace("rtsp:", "rtmp:");
      List<Diagnosis> lines = lines(rtsp, rtmp, server.metrics());
      assertThat(lines).hasSize(3).allMatch(Diagnosis::isFail);
      assertThat(of(lines, "MediaMTX").finding()).contains("status 404");
    }
  }

  @Test
  void hook_ofARunningLivedub_isTakenWithItsSecretAlone() throws Exception {
    int port = FreePorts.next();
    Path secret = Files.writeString(directory.resolve("hook"), "S3CRET-hook\n");
    try (ChildProcess serve = serve(port, secret)) {
      serve.awaitLine("serve_started", LIMIT);
      List<Diagnosis> right = service(port, "S3CRET-hook");
      assertThat(right).allMatch(line -> line.level() == Diagnosis.Level.OK);
      assertThat(right).extracting(Diagnosis::subject).containsExactly("port", "hook");
      Diagnosis wrong = service(port, "other").get(1);
      assertThat(wrong.isFail()).isTrue();
      assertThat(wrong.text()).contains("401").contains("--hook-secret-file");
      assertThat(serve.output()).doesNotContain("worker_begun");
    }
  }

  private ChildProcess serve(int port, Path secret) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "serve",
            "--http-addr",
            "127.0.0.1:" + port,
            "--hook-secret-file",
            secret.toString(),
            "--state-dir",
            directory.resolve("state").toString(),
            "--worker-mode",
            "thread",
            "--mediamtx-api",
            "off",
            "--translator",
            "tone");
    return ChildProcess.start("livedub", directory, Map.of(), command);
  }

  private static List<Diagnosis> service(int port, String secret) throws InterruptedException {
    HttpConfig config =
        new HttpConfig(
            "127.0.0.1", port, Optional.empty(), Optional.of(new Secret(secret)), Optional.empty());
    return new ServiceFindings(config).lines();
  }

  private static List<Diagnosis> lines(String rtsp, String rtmp, String api)
      throws InterruptedException, IOException {
    return new MediaMtxFindings(new MediaMtxConfig(rtsp, rtmp, Optional.of(api)), true).lines();
  }

  private static Diagnosis of(List<Diagnosis> lines, String subject) {
    return lines.stream().filter(line -> line.subject().equals(subject)).findFirst().orElseThrow();
  }

  private static String base(String url) {
    return url.replaceFirst("/+$", "");
  }
}
