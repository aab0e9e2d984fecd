package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import dev.livedub.core.time.Samples;
import dev.livedub.core.timeline.StreamKind;
import dev.livedub.media.ffmpeg.MediaException.Fault;
import java.util.Objects;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Encodes 48 kHz stereo as AAC-LC. Frame {@code n} holds exactly the samples from {@code 1024·n}
 * on.
 *
 * <p>The encoder's first packet, 1,024 samples of priming before sample 0, is not passed on: its
 * time lies before the timeline's beginning.
 *
 * <p><b>Threading:</b> one owner. <b>Ownership:</b> owns the encoder; packets belong to the
 * consumer.
 */
public final class AacEncoder implements AutoCloseable {

  /** Samples per channel in a frame. */
  public static final int FRAME_SAMPLES = 1024;

  /**
   * Constant quality, on FFmpeg's scale. With a bit rate to hold, the encoder codes a frame up to
   * five times over, most of all when it cannot spend the bits: on mono speech and pure tones. At
   * this quality speech, with and without music, comes to 140–165 kbit/s, nearer to its source than
   * at a constant 128.
   */
  private static final double QUALITY = 1.5;

  /** As FFmpeg itself chooses for 128 kbit/s. */
  private static final int CUTOFF_HZ = 16_000;

  /** What that usually comes to, bits per second, for those who must announce a rate. */
  private static final int NOMINAL_BIT_RATE = 160_000;

  private static final float FULL_SCALE = 32768f;

  private final AVCodecContext encoder;
  private final AVFrame frame;
  private final float[] plane = new float[FRAME_SAMPLES];

  /** An encoder at sample 0. */
  public AacEncoder() throws MediaException {
    Libraries.load();
    AVCodec codec = Objects.requireNonNull(avcodec_find_encoder_by_name("aac"), "aac encoder");
    encoder = Objects.requireNonNull(avcodec_alloc_context3(codec));
    frame = Objects.requireNonNull(av_frame_alloc());
    encoder
        .sample_rate(Samples.RATE_HZ)
        .sample_fmt(AV_SAMPLE_FMT_FLTP)
        .bit_rate(NOMINAL_BIT_RATE)
        .cutoff(CUTOFF_HZ)
        .global_quality((int) Math.round(FF_QP2LAMBDA * QUALITY))
        .thread_count(1);
    encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_QSCALE);
    encoder.time_base().num(1).den(Samples.RATE_HZ);
    av_channel_layout_default(encoder.ch_layout(), 2);
    AVDictionary options = new AVDictionary();
    av_dict_set(options, "aac_coder", "fast", 0);
    av_dict_set(options, "aac_tns", "0", 0); // a twelfth of the cost, and nothing to be measured
    int result = avcodec_open2(encoder, codec, options);
    av_dict_free(options);
    frame.nb_samples(FRAME_SAMPLES).format(AV_SAMPLE_FMT_FLTP).sample_rate(Samples.RATE_HZ);
    av_channel_layout_default(frame.ch_layout(), 2);
    if (result < 0 || av_frame_get_buffer(frame, 0) < 0) {
      close();
      throw new MediaException(
          Fault.INTERNAL, "the AAC encoder does not open: " + Libraries.describe(result));
    }
  }

  /** What it produces, for the muxers. */
  public SoundFormat format() {
    byte[] configuration = new byte[encoder.extradata_size()];
    encoder.extradata().get(configuration);
    return new SoundFormat(
        AV_CODEC_ID_AAC,
        "aac",
        configuration,
        Samples.RATE_HZ,
        2,
        encoder.profile(),
        FRAME_SAMPLES,
        NOMINAL_BIT_RATE);
  }

  /**
   * Encodes one frame.
   *
   * @param firstSample place of its first sample on the output timeline, a multiple of 1,024
   * @param stereo {@link #FRAME_SAMPLES} interleaved frames
   * @param output takes the packets that come out: none or one, of the frame before
   */
  public void encode(long firstSample, short[] stereo, Consumer<MediaPacket> output)
      throws MediaException {
    check(av_frame_make_writable(frame));
    for (int channel = 0; channel < 2; channel++) {
      for (int i = 0; i < FRAME_SAMPLES; i++) {
        plane[i] = stereo[2 * i + channel] / FULL_SCALE;
      }
      new FloatPointer(frame.data(channel)).put(plane, 0, FRAME_SAMPLES);
    }
    frame.pts(firstSample);
    check(avcodec_send_frame(encoder, frame));
    drain(output);
  }

  /** Gives out what is still inside; nothing can be encoded afterwards. */
  public void finish(Consumer<MediaPacket> output) throws MediaException {
    check(avcodec_send_frame(encoder, null));
    drain(output);
  }

  private void drain(Consumer<MediaPacket> output) {
    for (MediaPacket packet = receive(); packet != null; packet = receive()) {
      if (packet.ptsMicros() < 0) {
        packet.close();
      } else {
        output.accept(packet);
      }
    }
  }

  private @Nullable MediaPacket receive() {
    AVPacket packet = Objects.requireNonNull(av_packet_alloc());
    if (avcodec_receive_packet(encoder, packet) < 0) {
      av_packet_free(packet);
      return null;
    }
    long ptsMicros = Samples.toMicros(packet.pts());
    return new MediaPacket(
        packet,
        StreamKind.AUDIO,
        true,
        ptsMicros,
        ptsMicros,
        Samples.toMicros(FRAME_SAMPLES),
        System.nanoTime());
  }

  private static void check(int result) throws MediaException {
    if (result < 0) {
      throw new MediaException(
          Fault.INTERNAL, "the AAC encoder failed: " + Libraries.describe(result));
    }
  }

  @Override
  public void close() {
    av_frame_free(frame);
    avcodec_free_context(encoder);
  }
}
