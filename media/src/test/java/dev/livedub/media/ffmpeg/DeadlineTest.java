package dev.livedub.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.livedub.media.ffmpeg.MediaException.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server whose kernel accepts connections and that never says a word. */
@Timeout(60)
final class DeadlineTest {

  private static final Duration BOUND = Duration.ofSeconds(1);

  private ServerSocket silent = unbound();

  private static ServerSocket unbound() {
    try {
      return new ServerSocket();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void listen() throws IOException {
    silent.close();
    silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    silent.close();
  }

  @Test
  void openInput_serverNeverAnswers_endsAtItsBound() {
    String url = "rtsp://127.0.0.1:" + silent.getLocalPort() + "/live/x";
    long fromNanos = System.nanoTime();
    try (MediaInput input = new MediaInput(url)) {
      MediaException e = caught(() -> input.open(url, BOUND));

      assertThat(e.fault()).isEqualTo(Fault.INPUT_UNREACHABLE);
      assertThat(e).hasMessageContaining("no answer in time");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - fromNanos))
        .isBetween(BOUND, BOUND.multipliedBy(3));
  }

  @Test
  void openOutput_serverNeverAnswers_endsAtItsBound() {
    long fromNanos = System.nanoTime();
    try (MediaOutput output = MediaOutput.to(target())) {
      MediaException e =
          caught(() -> output.open(Optional.of(picture()), Optional.empty(), 0, BOUND));

      assertThat(e.fault()).isEqualTo(Fault.OUTPUT_LOST);
      assertThat(e).hasMessageContaining("no answer in time");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - fromNanos))
        .isBetween(BOUND, BOUND.multipliedBy(3));
  }

  @Test
  void cancel_fromAnotherThread_endsAnOpenThatHangs() throws Exception {
    String url = "rtsp://127.0.0.1:" + silent.getLocalPort() + "/live/x";
    MediaInput input = new MediaInput(url);
    CompletableFuture<MediaException> opening =
        CompletableFuture.supplyAsync(
            () -> {
              try (input) {
                return caught(() -> input.open(url, Duration.ofMinutes(5)));
              }
            });
    try (var accepted = silent.accept()) { // it hangs now, in the request or just before
      assertThat(accepted.getInputStream().read()).as("first byte of OPTIONS").isEqualTo('O');
      input.cancel();
      assertThat(opening).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  @Test
  void manyDeadlines_oneAfterTheOther_allWork() {
    // JavaCPP has room for ten callbacks of a class: with one each, the eleventh would hang.
    String url = "rtsp://127.0.0.1:" + silent.getLocalPort() + "/live/x";
    for (int i = 0; i < 15; i++) {
      try (MediaInput input = new MediaInput(url)) {
        assertThat(caught(() -> input.open(url, Duration.ofMillis(50))))
            .as("attempt %d", i)
            .hasMessageContaining("no answer in time");
      }
    }
  }

  private interface Attempt {
    void run() throws MediaException;
  }

  private static MediaException caught(Attempt attempt) {
    return catchThrowableOfType(MediaException.class, attempt::run);
  }

  private OutputTarget target() {
    return OutputTarget.of("rtmp://127.0.0.1:" + silent.getLocalPort() + "/live/x");
  }

  private static PictureFormat picture() {
    return new PictureFormat(PictureFormat.Codec.H264, new byte[0], 320, 180, 100, 30, 2, 40_000);
  }
}
