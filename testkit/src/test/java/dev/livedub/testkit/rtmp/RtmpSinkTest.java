package dev.livedub.testkit.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.livedub.testkit.clip.AccessUnit;
import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.nal.Codec;
import dev.livedub.testkit.nal.VclHash;
import dev.livedub.testkit.net.Hangup;
import dev.livedub.testkit.publish.LivePublisher;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sink with FFmpeg as publisher; each fault is felt by it and proven by the log. */
@Timeout(90)
final class RtmpSinkTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String NAME = "live/demo/out";

  @TempDir private Path directory;
  private RtmpSink sink = RtmpSink.start();

  @AfterEach
  void closeSink() {
    sink.close();
    sink.close();
  }

  @Test
  void publish_picturesWithBFrames_areRecordedAsSent() throws Exception {
    List<Long> sent = new CopyOnWriteArrayList<>();
    try (LivePublisher publisher =
        LivePublisher.start(
            clip(), sink.url(NAME) + "?key=1", (unit, writtenNanos) -> note(unit, sent))) {
      await().atMost(PATIENCE).until(() -> pictures() >= 30);
      assertThat(publisher.failure()).isEmpty();
    }
    RtmpPublication publication = publication(1);
    await().atMost(PATIENCE).until(() -> publication.endedNanos().isPresent());

    List<RtmpTag> pictures = publication.media(TagKind.VIDEO);
    assertThat(pictures).extracting(RtmpTag::vclHash).isEqualTo(sent.subList(0, pictures.size()));
    assertThat(pictures).extracting(RtmpTag::timestampMillis).isSorted();
    assertThat(pictures).extracting(RtmpTag::arrivalNanos).isSorted();
    assertThat(pictures).anyMatch(tag -> tag.compositionMillis() > 0);
    assertThat(pictures.get(0).keyframe()).isTrue();
    assertThat(publication.media(TagKind.AUDIO)).isNotEmpty();
    assertThat(publication.tags()).filteredOn(RtmpTag::sequenceHeader).hasSize(2);
    assertThat(publication.metadata()).containsEntry("width", 320.0);
    assertThat(publication.query()).isEqualTo("key=1");
    assertThat(publication.endReason()).isEqualTo("FCUnpublish");
  }

  @Test
  void dump_afterTheEnd_isAnFlvFileWithEveryPicture() throws Exception {
    restart(RtmpSinkOptions.defaults().withDumpDirectory(directory));
    publishPictures(20);
    RtmpPublication publication = publication(1);
    await().atMost(PATIENCE).until(() -> publication.endedNanos().isPresent());

    int read = 0;
    try (FFmpegFrameGrabber grabber =
        new FFmpegFrameGrabber(publication.dump().orElseThrow().toFile())) {
      grabber.start();
      assertThat(grabber.getImageWidth()).isEqualTo(320);
      for (AVPacket packet = grabber.grabPacket(); packet != null; packet = grabber.grabPacket()) {
        read += packet.stream_index() == grabber.getVideoStream() ? 1 : 0;
        avcodec.av_packet_unref(packet);
      }
    }
    assertThat(read).isEqualTo(publication.media(TagKind.VIDEO).size());
  }

  @Test
  void reconnect_isASecondPublication() throws Exception {
    publishPictures(5);
    publishPictures(5);

    assertThat(sink.stream(NAME).publications())
        .extracting(RtmpPublication::number)
        .containsExactly(1, 2);
    assertThat(publication(1).endedNanos()).isPresent();
  }

  @Test
  void refuseConnections_thenAccept_samePortServesAgain() throws Exception {
    int port = sink.port();
    sink.refuseConnections();
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);

    sink.acceptConnections();
    publishPictures(1);

    assertThat(sink.port()).isEqualTo(port);
    assertThat(sink.faults().entries(RtmpFault.REFUSE_CONNECTIONS)).hasSize(2);
  }

  @Test
  void ignoreHandshakes_whileOn_nothingIsAnswered() throws Exception {
    sink.ignoreHandshakes();
    try (Socket mute = new Socket(InetAddress.getLoopbackAddress(), sink.port())) {
      mute.getOutputStream().write(new byte[1537]);
      mute.setSoTimeout(300);
      assertThatThrownBy(() -> mute.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      assertThat(sink.faults().hits(RtmpFault.IGNORE_HANDSHAKE)).isEqualTo(1);
      sink.answerHandshakes();
      assertThat(readsNoMore(mute)).isTrue();
    }
    publishPictures(1);
  }

  @Test
  void rejectConnect_publisherFails_thenIsLetIn() throws Exception {
    sink.rejectConnect(true);
    expectFailure();
    assertThat(sink.faults().hits(RtmpFault.REJECT_CONNECT)).isPositive();
    assertThat(sink.stream(NAME).publications()).isEmpty();

    sink.rejectConnect(false);
    publishPictures(1);
  }

  @Test
  void denyPublish_publisherFails_thenIsLetIn() throws Exception {
    sink.stream(NAME).denyPublish("NetStream.Publish.BadName");
    expectFailure();
    assertThat(sink.stream(NAME).faults().hits(RtmpFault.DENY_PUBLISH)).isPositive();
    assertThat(sink.stream(NAME).publications()).isEmpty();

    sink.stream(NAME).allowPublish();
    publishPictures(1);
  }

  @Test
  void closeConnections_byFinAndRst_endThePublisher() throws Exception {
    for (Hangup how : Hangup.values()) {
      try (LivePublisher publisher = LivePublisher.start(clip(), sink.url(NAME))) {
        await().atMost(PATIENCE).until(() -> sink.stream(NAME).publishers() == 1);
        assertThat(sink.stream(NAME).closeConnections(how)).isEqualTo(1);

        assertThat(publisher.awaitEnd(PATIENCE)).isTrue();
        assertThat(publisher.failure()).isPresent();
      }
      assertThat(sink.stream(NAME).latest().orElseThrow().endReason()).contains(how.name());
    }
    assertThat(sink.stream(NAME).faults().hits(RtmpFault.CLOSE_CONNECTIONS)).isEqualTo(2);
  }

  @Test
  void stopReading_thenResume_nothingArrivesThenEverything() throws Exception {
    restart(RtmpSinkOptions.defaults().withReceiveBufferBytes(16 * 1024));
    RtmpStream stream = sink.stream(NAME);
    List<Long> sent = new CopyOnWriteArrayList<>();
    try (LivePublisher publisher =
        LivePublisher.start(clip(), sink.url(NAME), (unit, writtenNanos) -> note(unit, sent))) {
      await().atMost(PATIENCE).until(() -> pictures() >= 5);
      stream.stopReading();
      await().atMost(PATIENCE).until(() -> stream.faults().hits(RtmpFault.STOP_READING) == 1);
      int before = pictures();
      long unitsBefore = publisher.unitCount();
      await().atMost(PATIENCE).until(() -> publisher.unitCount() > unitsBefore + 40);
      assertThat(pictures()).isEqualTo(before);
      int wedged = sent.size();

      stream.resumeReading();

      await().atMost(PATIENCE).until(() -> pictures() >= wedged);
      List<RtmpTag> media = publication(1).media(TagKind.VIDEO);
      assertThat(media)
          .extracting(RtmpTag::vclHash)
          .startsWith(sent.subList(0, wedged).toArray(Long[]::new));
    }
  }

  @Test
  void close_whileAPublisherWaitsAtTheGate_endsIt() throws Exception {
    try (LivePublisher publisher = LivePublisher.start(clip(), sink.url(NAME))) {
      await().atMost(PATIENCE).until(() -> pictures() >= 1);
      sink.stream(NAME).stopReading();
      await()
          .atMost(PATIENCE)
          .until(() -> sink.stream(NAME).faults().hits(RtmpFault.STOP_READING) == 1);
      sink.close();

      assertThat(publisher.awaitEnd(PATIENCE)).isTrue();
      assertThat(publication(1).endedNanos()).isPresent();
    }
  }

  private void publishPictures(int count) throws InterruptedException {
    int number = sink.stream(NAME).publications().size() + 1;
    try (LivePublisher publisher = LivePublisher.start(clip(), sink.url(NAME))) {
      assertThat(publisher.awaitOnAir(PATIENCE)).isTrue();
      await().atMost(PATIENCE).until(() -> sink.stream(NAME).publications().size() == number);
      await()
          .atMost(PATIENCE)
          .until(() -> publication(number).media(TagKind.VIDEO).size() >= count);
    }
    await().atMost(PATIENCE).until(() -> publication(number).endedNanos().isPresent());
  }

  private void expectFailure() throws InterruptedException {
    try (LivePublisher publisher = LivePublisher.start(clip(), sink.url(NAME))) {
      assertThat(publisher.awaitEnd(PATIENCE)).isTrue();
      assertThat(publisher.failure()).isPresent();
    }
  }

  private void restart(RtmpSinkOptions options) {
    sink.close();
    sink = RtmpSink.start(options);
  }

  private RtmpPublication publication(int number) {
    return sink.stream(NAME).publications().get(number - 1);
  }

  private int pictures() {
    return sink.stream(NAME).latest().map(p -> p.media(TagKind.VIDEO).size()).orElse(0);
  }

  private static ClipSpec clip() {
    return ClipSpec.builder().duration(Duration.ofSeconds(60)).build();
  }

  private static void note(AccessUnit unit, List<Long> sent) {
    if (unit.kind() == AccessUnit.Kind.PICTURE) {
      sent.add(VclHash.ofAnnexB(Codec.H264, unit.payload()));
    }
  }

  private static boolean readsNoMore(Socket socket) {
    try {
      socket.setSoTimeout(10_000);
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
