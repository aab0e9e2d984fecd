package dev.livedub.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_free;

import dev.livedub.core.time.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes in at sample {@code 1024·n} must come out there. */
final class AacEncoderTest {

  private static final int FRAMES = 50;

  private final List<MediaPacket> packets = new ArrayList<>();

  @AfterEach
  void free() {
    packets.forEach(MediaPacket::close);
  }

  @Test
  void encode_frames_liesAtMultiplesOf1024() throws MediaException {
    try (AacEncoder encoder = new AacEncoder()) {
      encode(encoder, new short[FRAMES * AacEncoder.FRAME_SAMPLES], 0);
    }
    assertThat(packets).hasSize(FRAMES);
    for (int n = 0; n < FRAMES; n++) {
      assertThat(packets.get(n).ptsMicros()).isEqualTo(Samples.toMicros(1024L * n));
      assertThat(packets.get(n).dtsMicros()).isEqualTo(packets.get(n).ptsMicros());
    }
  }

  @Test
  void encode_fromALaterSample_liesThere() throws MediaException {
    long first = 1024L * 1_000_000;
    try (AacEncoder encoder = new AacEncoder()) {
      encode(encoder, new short[3 * AacEncoder.FRAME_SAMPLES], first);
    }
    assertThat(packets.get(packets.size() - 1).ptsMicros())
        .isEqualTo(Samples.toMicros(first + 2 * 1024));
  }

  @Test
  void decode_ofEncoded_hasEverySampleInItsPlace() throws MediaException {
    short[] sine = sine(FRAMES * AacEncoder.FRAME_SAMPLES);
    short[] decoded;
    try (AacEncoder encoder = new AacEncoder()) {
      encode(encoder, sine, 0);
      decoded = decode(encoder.format());
    }
    assertThat(decoded).hasSize(sine.length * 2);
    // The first frame lacks what the priming packet would have told.
    double exact = errorOverSignal(sine, decoded, 0);
    assertThat(exact).as("in place").isLessThan(0.05);
    assertThat(errorOverSignal(sine, decoded, 1)).as("a sample early").isGreaterThan(2 * exact);
    assertThat(errorOverSignal(sine, decoded, -1)).as("a sample late").isGreaterThan(2 * exact);
  }

  @Test
  void format_isWhatReceiversAreTold() throws MediaException {
    try (AacEncoder encoder = new AacEncoder()) {
      SoundFormat format = encoder.format();

      assertThat(format.codecName()).isEqualTo("aac");
      assertThat(format.sampleRateHz()).isEqualTo(48_000);
      assertThat(format.channels()).isEqualTo(2);
      // ISO 14496-3, 1.6.2.1: object type 2 (LC), frequency index 3 (48 kHz), two channels.
      assertThat(format.configuration()).startsWith(0x11, 0x90);
    }
  }

  private void encode(AacEncoder encoder, short[] mono, long firstSample) throws MediaException {
    short[] stereo = new short[AacEncoder.FRAME_SAMPLES * 2];
    for (int at = 0; at < mono.length; at += AacEncoder.FRAME_SAMPLES) {
      for (int i = 0; i < AacEncoder.FRAME_SAMPLES; i++) {
        stereo[2 * i] = mono[at + i];
        stereo[2 * i + 1] = mono[at + i];
      }
      encoder.encode(firstSample + at, stereo, packets::add);
    }
    encoder.finish(packets::add);
  }

  private short[] decode(SoundFormat format) throws MediaException {
    AVCodecParameters parameters = Objects.requireNonNull(avcodec_parameters_alloc());
    StreamFormats.fill(parameters, format);
    List<short[]> blocks = new ArrayList<>();
    try (SoundDecoder decoder = new SoundDecoder(parameters)) {
      for (MediaPacket packet : packets) {
        long ptsMicros = packet.ptsMicros();
        assertThat(
                decoder.decode(
                    packet,
                    (blockMicros, stereo, frames) -> {
                      assertThat(blockMicros).isEqualTo(ptsMicros);
                      blocks.add(java.util.Arrays.copyOf(stereo, frames * 2));
                    }))
            .isTrue();
      }
    } finally {
      avcodec_parameters_free(parameters);
    }
    short[] all = new short[blocks.stream().mapToInt(block -> block.length).sum()];
    int at = 0;
    for (short[] block : blocks) {
      System.arraycopy(block, 0, all, at, block.length);
      at += block.length;
    }
    return all;
  }

  private static double errorOverSignal(short[] mono, short[] stereo, int shift) {
    double error = 0;
    double signal = 0;
    for (int i = AacEncoder.FRAME_SAMPLES; i < mono.length - AacEncoder.FRAME_SAMPLES; i++) {
      double difference = stereo[2 * (i + shift)] - mono[i];
      error += difference * difference;
      signal += (double) mono[i] * mono[i];
    }
    return Math.sqrt(error / signal);
  }

  private static short[] sine(int samples) {
    short[] sine = new short[samples];
    for (int i = 0; i < samples; i++) {
      sine[i] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * 1_000 * i / 48_000));
    }
    return sine;
  }
}
