package dev.livedub.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration's page in a real browser. */
@Tag("e2e")
class DemoInBrowserTest {

  private static final String STATE =
      "({in: byId('in').currentTime, out: byId('out').currentTime,"
          + " source: byId('in-words').textContent, dub: byId('out-words').textContent,"
          + " seen: byId('out').getVideoPlaybackQuality().totalVideoFrames,"
          + " veil: byId('in-veil').textContent + byId('out-veil').textContent,"
          + " state: byId('state').textContent, apart: byId('apart').textContent})";

  /** Both are held at one moment of the demonstration's clock, and jump beyond half a second. */
  private static final double MOST_APART_SECONDS = 0.6;

  @TempDir Path directory;

  @BeforeEach
  void hasBrowser() {
    boolean present =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(each -> Files.isExecutable(Path.of(each, DevTools.PROGRAM)));
    assumeTrue(
        present || "true".equals(System.getenv("CI")), "no " + DevTools.PROGRAM + " on the PATH");
  }

  @Test
  void page_inChromium_playsBothAndRunsTheirWords() throws Exception {
    Path profile = Files.createDirectory(directory.resolve("profile"));
    try (DemoProcess demo =
            new DemoProcess(directory.resolve("results"), Map.of(), "--keep", "--seconds", "15");
        DevTools browser = new DevTools(profile, demo.page())) {
      JsonNode[] state = {browser.evaluate(STATE)};
      Awaitility.await()
          .atMost(DemoProcess.LIMIT)
          .until(
              () -> {
                state[0] = browser.evaluate(STATE);
                return state[0].path("in").asDouble() > 1
                    && state[0].path("out").asDouble() > 1
                    && state[0].path("source").asText().contains("en")
                    && state[0].path("dub").asText().contains("es");
              });
      double before = state[0].path("out").asDouble();
      Awaitility.await()
          .atMost(DemoProcess.LIMIT)
          .until(() -> browser.evaluate(STATE).path("out").asDouble() > before + 2);

      JsonNode last = browser.evaluate(STATE);
      assertThat(last.path("in").asDouble() - last.path("out").asDouble())
          .as(last.toString())
          .isBetween(-MOST_APART_SECONDS, MOST_APART_SECONDS);
      assertThat(last.path("seen").asInt()).isGreaterThan(25);
      assertThat(last.path("state").asText()).isEqualTo("RUNNING");
      assertThat(last.path("apart").asText()).contains("the output is 6 s behind the input");
      Path photograph = directory.resolve("page.png");
      browser.photograph(photograph);
      BufferedImage image = ImageIO.read(photograph.toFile());
      assertThat(image.getWidth()).isEqualTo(1_280);
      assertThat(demo.stop()).isZero();
    }
  }

  @Test
  void page_closedInMidAir_leavesTheDubAlone() throws Exception {
    Path profile = Files.createDirectory(directory.resolve("profile"));
    try (DemoProcess demo =
        new DemoProcess(directory.resolve("results"), Map.of(), "--seconds", "20")) {
      demo.awaitOnAir(1);
      try (DevTools browser = new DevTools(profile, demo.page())) {
        Awaitility.await()
            .atMost(DemoProcess.LIMIT)
            .until(() -> browser.evaluate(STATE).path("out").asDouble() > 1);
      }
      assertThat(demo.awaitSuccess()).doesNotContain("FAILED");
    }
  }
}
