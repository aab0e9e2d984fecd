package dev.livedub.media.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.media.flv.TagWriter.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that would block for long, and how they are ended. */
@Timeout(60)
final class RtmpCancelTest {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SOON = Duration.ofSeconds(10);

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final PublisherRig rig = new PublisherRig();

  @AfterEach
  void close() {
    over.countDown();
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void cancel_openHangs_endsIt(int step) throws Exception {
    rig.serve(
        peer -> {
          if (step == 1) {
            peer.handshake();
          } else if (step == 2) {
            peer.asked();
          }
          reached.countDown();
          over.await();
        });
    rig.publisher().within(LONG);
    CompletableFuture<RtmpException> opening = CompletableFuture.supplyAsync(rig::refusal);
    reached.await();
    rig.publisher().cancel();

    assertThat(opening)
        .succeedsWithin(SOON)
        .satisfies(e -> assertThat(e).hasMessageContaining("cancelled"));
  }

  @Test
  void cancel_beforeOpen_endsIt() {
    rig.serve(peer -> over.await());
    rig.publisher().within(LONG);
    rig.publisher().cancel();

    assertThat(rig.refusal()).hasMessageContaining("cancelled");
  }

  @Test
  void cancel_writeIsBlocked_endsIt() throws Exception {
    serveWithoutReading();
    rig.open();
    rig.publisher().within(LONG);
    CompletableFuture<RtmpException> writing = CompletableFuture.supplyAsync(this::writeUntilLost);
    reached.await();
    rig.publisher().cancel();

    assertThat(writing)
        .succeedsWithin(SOON)
        .satisfies(e -> assertThat(e).hasMessageContaining("cancelled"));
  }

  @Test
  void write_serverDoesNotRead_endsAtItsBoundAndResetsTheConnection() throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    rig.serve(
        peer -> {
          peer.granted();
          over.await();
          try {
            peer.socket().getInputStream().readAllBytes();
          } catch (IOException e) {
            seen.complete(e.toString());
          }
        });
    rig.open();
    rig.publisher().within(Duration.ofMillis(300));
    RtmpException e = writeUntilLost();
    over.countDown();

    assertThat(e).hasCauseInstanceOf(java.net.SocketTimeoutException.class);
    assertThat(seen).succeedsWithin(SOON).asString().contains("reset");
  }

  private void serveWithoutReading() {
    rig.serve(
        peer -> {
          peer.granted();
          reached.countDown();
          over.await();
        });
  }

  private RtmpException writeUntilLost() {
    try {
      while (true) {
        TestTags.publish(rig.publisher(), Kind.PICTURE, 1, 1_000_000);
      }
    } catch (RtmpException e) {
      return e;
    }
  }
}
