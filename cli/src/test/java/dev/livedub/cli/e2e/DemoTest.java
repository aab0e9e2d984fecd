package dev.livedub.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.testkit.measure.AvOffset;
import dev.livedub.testkit.measure.DecodedFile;
import dev.livedub.testkit.measure.PacketList;
import dev.livedub.testkit.measure.SoundGaps;
import dev.livedub.testkit.measure.TimestampOrder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code livedub demo} as a new user starts it. */
@Tag("e2e")
class DemoTest {

  private static final Duration WATCHED = Duration.ofSeconds(5);

  /** {@code mdat}. */
  private static final int MEDIA_DATA = 0x6D646174;

  @TempDir Path directory;

  @Test
  void demo_ofHalfAMinute_showsBothStreamsAndHoldsEveryBound() throws Exception {
    try (DemoProcess demo = new DemoProcess(directory, Map.of(), "--seconds", "30")) {
      assertThat(demo.get("").body()).contains("<title>livedub demo</title>");
      assertThat(demo.status().path("delayMillis").asInt()).isEqualTo(6_000);
      demo.awaitOnAir(1);
      playable(demo, "in.mp4");
      playable(demo, "out.mp4");
      String events =
          new String(demo.read("events", Duration.ofSeconds(4)), StandardCharsets.UTF_8);
      assertThat(events).contains("event: view").contains("\"streamId\":\"demo\"");

      String table = demo.awaitSuccess();
      assertThat(table)
          .contains("pictures bit for bit", "dub lag", "speech preserved", "true peak")
          .doesNotContain("FAILED");
      assertThat(demo.output()).contains("Every bound held.", "Kept:").doesNotContain("Input #0");
      BufferedImage picture = ImageIO.read(directory.resolve("sound.png").toFile());
      assertThat(picture.getWidth()).isEqualTo(1_400);
      assertThat(PacketList.read(directory.resolve("dubbed.flv")).pictures())
          .hasSizeGreaterThan(300);
      assertThat(directory.resolve("worker.log")).isNotEmptyFile();
    }
  }

  @Test
  void demo_toldToEnd_leavesNothingRunning() {
    try (DemoProcess demo = new DemoProcess(directory, Map.of(), "--keep")) {
      demo.awaitOnAir(2);
      List<ProcessHandle> children = demo.children();
      assertThat(children).as("the worker").isNotEmpty();
      assertThat(demo.stop()).as(demo.output()).isZero();
      Awaitility.await()
          .atMost(Duration.ofSeconds(2))
          .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  @Test
  void demo_withoutShell_tellsTheOrchestratorItselfAndSaysSo() throws Exception {
    Map<String, String> environment = Map.of("PATH", directory.toString());
    try (DemoProcess demo = new DemoProcess(directory, environment, "--seconds", "20")) {
      demo.awaitSuccess();
      assertThat(demo.output()).contains("Note: mediamtx/livedub-hook could not be run");
    }
  }

  /** What a browser is given can be decoded, is in step, and has no gap. */
  private void playable(DemoProcess demo, String name) throws IOException, InterruptedException {
    Path file = Files.write(directory.resolve(name), wholeFragments(demo.read(name, WATCHED)));
    PacketList packets = PacketList.read(file);
    assertThat(packets.pictures()).as(name).hasSizeGreaterThan(60);
    assertThat(packets.pictures().get(0).keyframe()).isTrue();
    assertThat(TimestampOrder.of(packets.pictures())).matches(TimestampOrder::isFaultless);
    assertThat(SoundGaps.of(packets)).as(name).matches(SoundGaps::isGapless);
    AvOffset offset = AvOffset.measureAboveSpeech(DecodedFile.read(file));
    assertThat(offset.offsets()).as(name).hasSizeGreaterThanOrEqualTo(2);
    assertThat(offset.maxAbsMillis()).as(name).isLessThanOrEqualTo(20);
  }

  /** A stream without end was left in the middle of a fragment (ISO/IEC 14496-12, 8.1.1). */
  private static byte[] wholeFragments(byte[] mp4) {
    ByteBuffer boxes = ByteBuffer.wrap(mp4);
    int end = 0;
    int at = 0;
    while (at + 8 <= mp4.length && at + boxes.getInt(at) <= mp4.length) {
      boolean media = boxes.getInt(at + 4) == MEDIA_DATA;
      at += boxes.getInt(at);
      end = media ? at : end;
    }
    return Arrays.copyOf(mp4, end);
  }
}
