package dev.livedub.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MP3;

import dev.livedub.media.ffmpeg.MediaException.Fault;
import dev.livedub.media.rtmp.ScriptedServer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An output at one end, a scripted server at the other. */
@Timeout(60)
final class RtmpOutputTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final byte[] AAC_LC_48_KHZ_STEREO = {0x11, (byte) 0x90};

  @Test
  void write_sound_arrivesBehindWhatSaysHowToReadIt() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.granted();
                  assertThat(peer.data().subList(0, 2))
                      .containsExactly("@setDataFrame", "onMetaData");
                  assertThat(peer.sound()).containsExactly(0xAF, 0, 0x11, 0x90);
                  assertThat(peer.sound()).hasSize(2 + 100);
                  assertThat(peer.sound()).hasSize(2 + 200);
                  peer.bidFarewell();
                });
        MediaOutput output = open(server)) {
      write(output, 0, 100);
      write(output, 21_333, 200);
      output.flush();
      output.finish(LIMIT);
      server.await();
    }
  }

  @Test
  void open_soundThatFlvDoesNotCarry_isRefused() throws Exception {
    SoundFormat mp3 = new SoundFormat(AV_CODEC_ID_MP3, "mp3", new byte[0], 32_000, 2, 0, 0, 0);
    try (MediaOutput output = MediaOutput.to(OutputTarget.of("rtmp://127.0.0.1:1/live/Hush1234"))) {
      MediaException e =
          catchThrowableOfType(
              MediaException.class,
              () -> output.open(Optional.empty(), Optional.of(mp3), 0, LIMIT));

      assertThat(e.fault()).isEqualTo(Fault.OUTPUT_LOST);
      assertThat(e)
          .hasMessage(
              "cannot publish to rtmp://127.0.0.1:1/live/***: FLV does not carry MP3 with 32000 Hz"
                  + " and 2 channels, expected 48000, 44100, 22050 or 11025 Hz");
    }
  }

  @Test
  void write_serverGoesAway_isLostAndHasItsReason() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.granted();
                  peer.sound();
                  peer.status("error", "NetStream.Publish.Revoked", "no more of Hush1234");
                });
        MediaOutput output = open(server)) {
      MediaException e = catchThrowableOfType(MediaException.class, () -> writeForEver(output));

      assertThat(e.fault()).isEqualTo(Fault.OUTPUT_LOST);
      assertThat(e)
          .hasMessageStartingWith("lost rtmp://127.0.0.1:" + server.port() + "/live/***: ")
          .hasMessageEndingWith("NetStream.Publish.Revoked (no more of ***)")
          .hasNoCause();
    }
  }

  @Test
  void write_serverDoesNotRead_isLostAfterTheDeadline() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.granted();
                  over.await();
                });
        MediaOutput output = open(server)) {
      MediaException e = catchThrowableOfType(MediaException.class, () -> writeForEver(output));

      assertThat(e.fault()).isEqualTo(Fault.OUTPUT_LOST);
      assertThat(e).hasMessageEndingWith("it took no data for 1500 ms");
      over.countDown();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NetStream.Publish.BadName, OUTPUT_DENIED",
    "NetStream.Publish.Denied, OUTPUT_DENIED",
    "NetStream.Failed, OUTPUT_LOST"
  })
  void open_refused_tellsWhoseFaultAndNoSecret(String code, Fault fault) {
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.asked();
              peer.status("error", code, "stream key Hush1234 is unknown");
            })) {
      MediaException e = catchThrowableOfType(MediaException.class, () -> open(server).close());

      assertThat(e.fault()).isEqualTo(fault);
      assertThat(e).hasMessageEndingWith(": " + code + " (stream key *** is unknown)").hasNoCause();
    }
  }

  @Test
  void open_serverHangsUp_isToldApart() {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.asked())) {
      MediaException e = catchThrowableOfType(MediaException.class, () -> open(server).close());

      assertThat(e.fault()).isEqualTo(Fault.OUTPUT_HUNG_UP);
    }
  }

  private static MediaOutput open(ScriptedServer server) throws MediaException {
    MediaOutput output =
        MediaOutput.to(OutputTarget.of("rtmp://127.0.0.1:" + server.port() + "/live/Hush1234"));
    try {
      output.open(Optional.empty(), Optional.of(sound()), 160_000, LIMIT);
      return output;
    } catch (MediaException e) {
      output.close();
      throw e;
    }
  }

  private static SoundFormat sound() {
    return new SoundFormat(
        AV_CODEC_ID_AAC, "aac", AAC_LC_48_KHZ_STEREO.clone(), 48_000, 2, 0, 0, 0);
  }

  private static void writeForEver(MediaOutput output) throws MediaException {
    for (long micros = 0; ; micros += 21_333) {
      write(output, micros, 10_000);
      output.flush();
    }
  }

  private static void write(MediaOutput output, long micros, int sizeBytes) throws MediaException {
    try (MediaPacket packet = TestPackets.sound(micros, sizeBytes)) {
      output.write(packet);
    }
  }
}
