package dev.livedub.media.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.livedub.media.ffmpeg.MediaPacket;
import dev.livedub.media.ffmpeg.TestPackets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Packets are told by their time in milliseconds. */
@Timeout(30)
final class SinkQueueTest {

  private final SinkQueue live = liveWithPicture();

  @Test
  void offer_notConnected_keepsFromTheLastKeyframeOn() {
    keyframe(live, 0);
    picture(live, 40);
    sound(live, 60);
    assertThat(keyframe(live, 80)).as("dropped for it").isEqualTo(3);
    sound(live, 90);
    picture(live, 120);

    assertThat(drain(live)).containsExactly(80L, 90L, 120L);
  }

  @Test
  void offer_connected_keepsAll() {
    live.setConnected(true);
    keyframe(live, 0);
    picture(live, 40);
    assertThat(keyframe(live, 80)).isZero();

    assertThat(drain(live)).containsExactly(0L, 40L, 80L);
  }

  @Test
  void setConnected_lost_cutsAtTheLastKeyframe() {
    live.setConnected(true);
    keyframe(live, 0);
    picture(live, 40);
    keyframe(live, 80);
    sound(live, 90);
    live.setConnected(false);
    picture(live, 120);

    assertThat(drain(live)).containsExactly(80L, 90L, 120L);
  }

  @Test
  void setConnected_lostWithoutAKeyframeQueued_waitsForTheNext() {
    live.setConnected(true);
    keyframe(live, 0);
    assertThat(takeSome(live)).containsExactly(0L);
    picture(live, 40);
    live.setConnected(false);

    assertThat(picture(live, 80)).isEqualTo(1);
    assertThat(sound(live, 90)).isEqualTo(1);
    assertThat(keyframe(live, 120)).isZero();
    assertThat(drain(live)).containsExactly(120L);
  }

  @Test
  void offer_tenSecondsBehind_losesWhatIsQueuedUpToTheNextKeyframe() {
    live.setConnected(true);
    keyframe(live, 0);
    picture(live, 10_000);
    assertThat(picture(live, 10_001)).isEqualTo(3);
    assertThat(sound(live, 10_020)).isEqualTo(1);
    keyframe(live, 10_040);

    assertThat(drain(live)).containsExactly(10_040L);
  }

  @Test
  void offer_sixtyFourMebibytes_isTheMost() {
    live.setConnected(true);
    assertThat(live.offer(List.of(TestPackets.picture(0, true, 40 << 20)))).isZero();
    assertThat(live.offer(List.of(TestPackets.picture(1_000, true, 40 << 20)))).isEqualTo(1);

    assertThat(drain(live)).containsExactly(1L);
  }

  @Test
  void offer_soundAlone_notConnected_keepsASecond() {
    SinkQueue queue = new SinkQueue(false, true);
    for (int millis = 0; millis <= 5_000; millis += 100) {
      sound(queue, millis);
    }
    assertThat(drain(queue)).startsWith(4_000L).endsWith(5_000L).hasSize(11);
  }

  @Test
  void offer_file_keepsAllBeforeItIsOpen() {
    SinkQueue file = new SinkQueue(true, true);
    file.expectPicture(true);
    keyframe(file, 0);
    keyframe(file, 40);

    assertThat(drain(file)).containsExactly(0L, 40L);
  }

  @Test
  void offer_notLive_waitsForRoom() {
    SinkQueue file = new SinkQueue(true, false);
    file.expectPicture(true);
    CompletableFuture<Void> all =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 600; i++) {
                keyframe(file, i);
              }
            });
    await().until(() -> file.awaitHead(1_000_000) != null);
    List<Long> taken = new ArrayList<>();
    while (taken.size() < 600) {
      taken.addAll(takeSome(file));
    }
    assertThat(all).succeedsWithin(Duration.ofSeconds(10));
    assertThat(taken).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void take_ended_givesTheRestThenNothing() {
    live.setConnected(true);
    keyframe(live, 0);
    live.end();

    assertThat(live.isEnded()).isTrue();
    assertThat(drain(live)).containsExactly(0L);
    assertThat(live.take(new ArrayDeque<>())).isFalse();
    assertThat(live.awaitHead(1)).isNull();
  }

  @Test
  void take_manyQueued_leavesSome() {
    live.setConnected(true);
    for (int i = 0; i < 40; i++) {
      keyframe(live, i);
    }
    assertThat(takeSome(live)).hasSize(32).isSorted();
    assertThat(takeSome(live)).first().isEqualTo(32L);
  }

  @Test
  void giveBack_someOfABatch_comeFirstInTheirOrder() {
    live.setConnected(true);
    keyframe(live, 0);
    picture(live, 40);
    picture(live, 80);
    Deque<MediaPacket> batch = new ArrayDeque<>();
    live.take(batch);
    batch.removeFirst().close();
    picture(live, 120);
    live.giveBack(batch);

    assertThat(batch).isEmpty();
    assertThat(drain(live)).containsExactly(40L, 80L, 120L);
  }

  @Test
  void offer_ended_freesThePacket() {
    live.end();
    MediaPacket packet = TestPackets.picture(0, true, 10);
    live.offer(List.of(packet));

    assertThatThrownBy(packet::borrowPayload).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void end_wakesWhoeverWaits() {
    CompletableFuture<Boolean> taker =
        CompletableFuture.supplyAsync(() -> !live.take(new ArrayDeque<>()));
    CompletableFuture<Void> sleeper =
        CompletableFuture.runAsync(() -> live.pause(Duration.ofMinutes(1)));
    live.end();

    assertThat(taker).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
    assertThat(sleeper).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void clear_queued_isFreed() {
    live.setConnected(true);
    MediaPacket packet = TestPackets.picture(0, true, 10);
    live.offer(List.of(packet));
    live.clear();

    assertThat(live.awaitHead(1)).isNull();
    assertThatThrownBy(packet::borrowPayload).isInstanceOf(IllegalStateException.class);
  }

  private static SinkQueue liveWithPicture() {
    SinkQueue queue = new SinkQueue(false, true);
    queue.expectPicture(true);
    return queue;
  }

  private static int keyframe(SinkQueue queue, long dtsMillis) {
    return queue.offer(List.of(TestPackets.picture(dtsMillis * 1_000, true, 10)));
  }

  private static int picture(SinkQueue queue, long dtsMillis) {
    return queue.offer(List.of(TestPackets.picture(dtsMillis * 1_000, false, 10)));
  }

  private static int sound(SinkQueue queue, long dtsMillis) {
    return queue.offer(List.of(TestPackets.sound(dtsMillis * 1_000, 10)));
  }

  private static List<Long> takeSome(SinkQueue queue) {
    Deque<MediaPacket> batch = new ArrayDeque<>();
    queue.take(batch);
    List<Long> dtsMillis = batch.stream().map(packet -> packet.dtsMicros() / 1_000).toList();
    batch.forEach(MediaPacket::close);
    return dtsMillis;
  }

  private static List<Long> drain(SinkQueue queue) {
    List<Long> dtsMillis = new ArrayList<>();
    while (queue.awaitHead(1) != null) {
      dtsMillis.addAll(takeSome(queue));
    }
    return dtsMillis;
  }
}
