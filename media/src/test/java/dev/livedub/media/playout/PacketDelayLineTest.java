package dev.livedub.media.playout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livedub.core.timeline.MediaTimes;
import dev.livedub.media.ffmpeg.MediaPacket;
import dev.livedub.media.ffmpeg.TestPackets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A line of 100 bytes; times are in milliseconds. */
final class PacketDelayLineTest {

  private final PacketDelayLine line = new PacketDelayLine(100);

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void poll_pushed_comesOutInOrder() {
    assertThat(line.push(keyframe(0, 10))).isZero();
    assertThat(line.push(picture(40, 10))).isZero();
    assertThat(line.push(picture(80, 10))).isZero();

    assertThat(line.headDtsMicros()).isZero();
    assertThat(line.heldMillis()).isEqualTo(80);
    assertThat(drain()).containsExactly(0L, 40L, 80L);
  }

  @Test
  void headDtsMicros_empty_isUnset() {
    assertThat(line.headDtsMicros()).isEqualTo(MediaTimes.UNSET_MICROS);
    assertThat(line.heldMillis()).isZero();
    assertThat(line.poll()).isNull();
  }

  @Test
  void push_full_dropsTheWholeUpToTheNextKeyframe() {
    line.push(keyframe(0, 60));
    line.push(picture(40, 40));

    assertThat(line.push(picture(80, 1))).as("all that was held and the new one").isEqualTo(3);
    assertThat(line.push(picture(120, 1))).isEqualTo(1);
    assertThat(line.push(keyframe(160, 1))).isZero();
    assertThat(line.push(picture(200, 1))).isZero();
    assertThat(drain()).containsExactly(160L, 200L);
  }

  @Test
  void push_fullByAKeyframe_beginsWithIt() {
    line.push(keyframe(0, 100));

    assertThat(line.push(keyframe(40, 100))).isEqualTo(1);
    assertThat(drain()).containsExactly(40L);
  }

  @Test
  void poll_makesRoom() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(line.push(keyframe(i, 60))).isZero();
      assertThat(drain()).containsExactly((long) i);
    }
  }

  @Test
  void push_droppedPackets_areFreed() {
    MediaPacket first = keyframe(0, 100);
    line.push(first);
    line.push(keyframe(40, 100));

    assertThatThrownBy(first::borrowPayload).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void close_held_isFreed() {
    MediaPacket packet = keyframe(0, 10);
    line.push(packet);
    line.close();

    assertThat(line.size()).isZero();
    assertThatThrownBy(packet::borrowPayload).isInstanceOf(IllegalStateException.class);
  }

  private List<Long> drain() {
    List<Long> dtsMillis = new ArrayList<>();
    for (MediaPacket next = line.poll(); next != null; next = line.poll()) {
      try (MediaPacket packet = next) {
        dtsMillis.add(packet.dtsMicros() / 1_000);
      }
    }
    return dtsMillis;
  }

  private static MediaPacket keyframe(long dtsMillis, int sizeBytes) {
    return TestPackets.picture(dtsMillis * 1_000, true, sizeBytes);
  }

  private static MediaPacket picture(long dtsMillis, int sizeBytes) {
    return TestPackets.picture(dtsMillis * 1_000, false, sizeBytes);
  }
}
