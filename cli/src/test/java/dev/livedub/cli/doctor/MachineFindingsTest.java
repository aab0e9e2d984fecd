package dev.livedub.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.livedub.media.ffmpeg.FfmpegBuild;
import dev.livedub.orchestrator.config.HttpConfig;
import dev.livedub.orchestrator.config.MediaMtxConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each finding about the machine, well and ill. */
class MachineFindingsTest {

  @TempDir Path directory;

  @Test
  void program_withoutFfmpegsLibraries_failsAndSaysWhichIsMissing() {
    List<Diagnosis> lines =
        ProgramFindings.of(
            "1.2.3",
            () -> {
              throw new UnsatisfiedLinkError("libva-drm.so.2: cannot open shared object file");
            });
    assertThat(lines.get(0).finding()).startsWith("1.2.3, Java ");
    assertThat(lines.get(1).isFail()).isTrue();
    assertThat(lines.get(1).text()).contains("libva-drm.so.2").contains("apt-get install");
  }

  @Test
  void program_withAnFfmpegThatLacksADecoder_failsAndNamesIt() {
    FfmpegBuild build = new FfmpegBuild("8.0", List.of("avcodec 62.0.0"), List.of("decoder aac"));
    assertThat(ProgramFindings.of("1", () -> build).get(1).text()).contains("lacks decoder aac");
  }

  @Test
  void port_thatIsTakenBySomethingElse_failsAndNamesTheProcess() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Diagnosis line = port(other.getLocalPort()).get(0);
      assertThat(line.isFail()).isTrue();
      assertThat(line.finding())
          .contains(":" + other.getLocalPort() + " is in use by ")
          .contains("(process " + ProcessHandle.current().pid() + ")");
      assertThat(line.advice()).contains("--http-addr");
    }
  }

  @Test
  void port_onAllInterfacesWithoutAToken_warns() throws Exception {
    HttpConfig open =
        new HttpConfig("0.0.0.0", 0, Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(new ServiceFindings(open).lines())
        .extracting(Diagnosis::level)
        .containsExactly(Diagnosis.Level.OK, Diagnosis.Level.WARN);
  }

  @Test
  void mediamtx_thatSomethingElseStandsFor_failsBecauseItDoesNotSpeakTheProtocol()
      throws Exception {
    try (ServerSocket http = new ServerSocket(0, 4, InetAddress.getByName("127.0.0.1"))) {
      Thread answering = new Thread(() -> answerAll(http), "answering");
      answering.setDaemon(true);
      answering.start();
      String at = "127.0.0.1:" + http.getLocalPort();
      List<Diagnosis> lines =
          new MediaMtxFindings(
                  new MediaMtxConfig("rtsp://" + at, "rtmp://" + at, Optional.empty()), true)
              .lines();
      assertThat(lines.get(0).finding()).contains("does not speak RTSP");
      assertThat(lines.get(1).finding()).contains("does not speak RTMP");
      assertThat(lines.get(2).level()).isEqualTo(Diagnosis.Level.WARN);
    }
  }

  @ParameterizedTest
  @CsvSource({"rwx------, OK", "rwxr-xr-x, FAIL", "rwxrwx---, FAIL"})
  void disk_ofADirectoryThatIsThere_isWellIfItIsThisUsersAlone(
      String mode, Diagnosis.Level expected) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
    Diagnosis line = DiskFindings.of(directory);
    assertThat(line.level()).as(line.text()).isEqualTo(expected);
    assertThat(line.finding()).contains(mode);
  }

  @Test
  void disk_ofADirectoryThatIsNotThere_looksWhereItWillBeMade() {
    Diagnosis line = DiskFindings.of(directory.resolve("a/b"));
    assertThat(line.finding()).contains("will be made").containsPattern("\\d+ MiB free");
  }

  @Test
  void disk_belowAFile_fails() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThat(DiskFindings.of(file).isFail()).isTrue();
    assertThat(DiskFindings.of(file.resolve("below")).isFail()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"yes, OK", "no, WARN", "'', OK"})
  void clock_asSystemdTellsIt_isWellUnlessItSaysNo(String said, Diagnosis.Level expected) {
    Optional<String> told = Optional.of(said).filter(word -> !word.isEmpty());
    assertThat(ClockFindings.synchronisation(told).level()).isEqualTo(expected);
  }

  @Test
  void clock_besideAServers_warnsFromTwoSecondsOn() throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      Clock clock = Clock.systemUTC();
      assertThat(skew(address, clock).level()).isEqualTo(Diagnosis.Level.OK);
      assertThat(skew(address, Clock.offset(clock, Duration.ofHours(1))).finding())
          .containsPattern("3(59|60)\\d s ahead of that of 127.0.0.1");
      assertThat(skew(address, Clock.offset(clock, Duration.ofHours(-1))).finding())
          .containsPattern("3(59|60)\\d s behind that of 127.0.0.1");
    } finally {
      server.stop(0);
    }
    URI nobody = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    assertThat(ClockFindings.skew(nobody, Clock.systemUTC())).isEmpty();
  }

  private static Diagnosis skew(URI address, Clock clock) throws InterruptedException {
    return ClockFindings.skew(address, clock).orElseThrow();
  }

  private static List<Diagnosis> port(int port) throws InterruptedException {
    return new ServiceFindings(
            new HttpConfig("127.0.0.1", port, Optional.empty(), Optional.empty(), Optional.empty()))
        .lines();
  }

  private static void answerAll(ServerSocket server) {
    while (true) {
      try (Socket client = server.accept()) {
        client.getOutputStream().write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        return;
      }
    }
  }
}
