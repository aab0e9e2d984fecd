package dev.livedub.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_NONE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_S16LE;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_free;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;

import dev.livedub.core.timeline.StreamKind;
import dev.livedub.media.ffmpeg.MediaException.Fault;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two seconds of uncompressed sound in packets of 1,000 samples, from 5 s on. */
final class SoundDecoderTest {

  private static final long START_MICROS = 5_000_000;
  private static final int SECONDS = 2;
  private static final int PACKET_SAMPLES = 1_000;
  private static final double PEAK = 10_000;

  private final AVCodecParameters parameters = Objects.requireNonNull(avcodec_parameters_alloc());
  private short[] decoded = new short[0];
  private double worstPtsErrorMillis;

  @AfterEach
  void free() {
    avcodec_parameters_free(parameters);
  }

  @Test
  void decode_monoOf44100_keepsDurationPlaceAndLevel() throws MediaException {
    decode(44_100, 1, channel -> 1);

    assertThat(decoded.length / 2 / 48.0).as("ms").isCloseTo(SECONDS * 1_000, within(1.0));
    assertThat(worstPtsErrorMillis).isLessThan(1);
    assertThat(level(0)).isCloseTo(PEAK / Math.sqrt(2), within(PEAK * 0.02));
    assertThat(level(1)).isEqualTo(level(0));
  }

  @Test
  void decode_stereoOf48000_isUntouched() throws MediaException {
    decode(48_000, 2, channel -> channel == 0 ? 1 : 0);

    assertThat(decoded.length / 2).isEqualTo(SECONDS * 48_000);
    assertThat(level(0)).isCloseTo(PEAK / Math.sqrt(2), within(1.0));
    assertThat(level(1)).isZero();
  }

  @Test
  void decode_frontLeftOfSixChannels_isOnTheLeft() throws MediaException {
    decode(48_000, 6, channel -> channel == 0 ? 1 : 0);

    assertThat(decoded.length / 2 / 48.0).as("ms").isCloseTo(SECONDS * 1_000, within(1.0));
    assertThat(level(0)).isGreaterThan(PEAK / 4);
    assertThat(level(1)).isZero();
  }

  @Test
  void decode_centreOfSixChannels_isOnBothThreeDecibelsLower() throws MediaException {
    decode(48_000, 6, channel -> channel == 0 ? 1 : 0);
    double front = level(0);
    decode(48_000, 6, channel -> channel == 2 ? 1 : 0);

    assertThat(level(0) / front).as("ITU-R BS.775").isCloseTo(Math.sqrt(0.5), within(0.01));
    assertThat(level(1)).isEqualTo(level(0));
  }

  @Test
  void decode_rubbish_saysSoAndGoesOn() throws MediaException {
    parameters.codec_type(AVMEDIA_TYPE_AUDIO).codec_id(AV_CODEC_ID_AAC).sample_rate(48_000);
    av_channel_layout_default(parameters.ch_layout(), 2);
    byte[] rubbish = new byte[200];
    Arrays.fill(rubbish, (byte) 0xA5);
    try (SoundDecoder decoder = new SoundDecoder(parameters);
        MediaPacket first = TestPackets.packet(StreamKind.AUDIO, true, 0, rubbish);
        MediaPacket second = TestPackets.packet(StreamKind.AUDIO, true, 0, rubbish)) {
      assertThat(decoder.decode(first, (pts, stereo, frames) -> {})).isFalse();
      assertThat(decoder.decode(second, (pts, stereo, frames) -> {})).isFalse();
    }
  }

  @Test
  void constructor_unknownCodec_isTheInputsFault() {
    parameters.codec_type(AVMEDIA_TYPE_AUDIO).codec_id(AV_CODEC_ID_NONE);

    assertThatThrownBy(() -> new SoundDecoder(parameters))
        .isInstanceOfSatisfying(
            MediaException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INPUT_CODEC));
  }

  private void decode(int rateHz, int channels, IntUnaryOperator gain) throws MediaException {
    parameters
        .codec_type(AVMEDIA_TYPE_AUDIO)
        .codec_id(AV_CODEC_ID_PCM_S16LE)
        .sample_rate(rateHz)
        .bits_per_coded_sample(16);
    av_channel_layout_default(parameters.ch_layout(), channels);
    decoded = new short[0];
    worstPtsErrorMillis = 0;
    try (SoundDecoder decoder = new SoundDecoder(parameters)) {
      for (int at = 0; at < SECONDS * rateHz; at += PACKET_SAMPLES) {
        long ptsMicros = START_MICROS + at * 1_000_000L / rateHz;
        int samples = Math.min(PACKET_SAMPLES, SECONDS * rateHz - at);
        byte[] payload = sine(at, samples, rateHz, channels, gain);
        try (MediaPacket packet = TestPackets.packet(StreamKind.AUDIO, true, ptsMicros, payload)) {
          assertThat(decoder.decode(packet, this::collect)).isTrue();
        }
      }
    }
  }

  private void collect(long ptsMicros, short[] stereo, int frames) {
    double hereMillis = START_MICROS / 1e3 + decoded.length / 2 / 48.0;
    worstPtsErrorMillis = Math.max(worstPtsErrorMillis, Math.abs(ptsMicros / 1e3 - hereMillis));
    int had = decoded.length;
    decoded = Arrays.copyOf(decoded, had + frames * 2);
    System.arraycopy(stereo, 0, decoded, had, frames * 2);
  }

  private double level(int channel) {
    double sum = 0;
    for (int i = channel; i < decoded.length; i += 2) {
      sum += (double) decoded[i] * decoded[i];
    }
    return Math.sqrt(sum / (decoded.length / 2.0));
  }

  private static byte[] sine(int from, int samples, int rateHz, int channels, IntUnaryOperator g) {
    ByteBuffer bytes = ByteBuffer.allocate(samples * channels * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = from; i < from + samples; i++) {
      long value = Math.round(PEAK * Math.sin(2 * Math.PI * 1_000 * i / rateHz));
      for (int channel = 0; channel < channels; channel++) {
        bytes.putShort((short) (value * g.applyAsInt(channel)));
      }
    }
    return bytes.array();
  }
}
