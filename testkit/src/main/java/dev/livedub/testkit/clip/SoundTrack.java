package dev.livedub.testkit.clip;

import static dev.livedub.testkit.clip.MediaException.check;

import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.ShortPointer;

/**
 * The encoded sound of a clip. The times of its units count the encoder's priming: what a unit
 * decodes to lies where the unit's PTS says.
 *
 * <p><b>Threading</b>: not for use by several threads. <b>Ownership</b>: owns the encoder.
 */
final class SoundTrack implements Track {
  private static final int PCM_FRAMES_A_SECOND = 50;
  private static final int LOG_LEVEL_QUIETER = 32;

  private final SoundSpec spec;
  private final SoundSynth synth;
  private final long endSample;
  private final AVCodecContext encoder;
  private final AVFrame frame = avutil.av_frame_alloc();
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final float[] samples;
  private boolean flushing;
  private boolean closed;

  SoundTrack(ClipSpec clip, long endMicros) {
    spec = clip.sound().orElseThrow();
    synth = new SoundSynth(clip);
    endSample =
        endMicros == Long.MAX_VALUE ? Long.MAX_VALUE : endMicros * spec.sampleRateHz() / 1_000_000;
    encoder = open(spec);
    int frameSamples = encoder.frame_size();
    if (frameSamples == 0) {
      frameSamples = spec.sampleRateHz() / PCM_FRAMES_A_SECOND;
    }
    samples = new float[frameSamples * spec.channels()];
    frame.format(encoder.sample_fmt());
    frame.sample_rate(spec.sampleRateHz());
    frame.nb_samples(frameSamples);
    avutil.av_channel_layout_copy(frame.ch_layout(), encoder.ch_layout());
    check(avutil.av_frame_get_buffer(frame, 0), "sound frame");
    long startSample = spec.startMicros() * spec.sampleRateHz() / 1_000_000;
    float[] skipped = new float[spec.channels()];
    while (synth.position() < startSample) {
      synth.render(skipped);
    }
  }

  private static AVCodecContext open(SoundSpec spec) {
    AVCodec codec = avcodec.avcodec_find_encoder_by_name(spec.codec().encoderName());
    if (codec == null) {
      throw new IllegalStateException("no encoder " + spec.codec().encoderName());
    }
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    context.sample_rate(spec.sampleRateHz());
    context.bit_rate(spec.bitRate());
    context.sample_fmt(sampleFormat(spec.codec()));
    context.time_base(avutil.av_make_q(1, spec.sampleRateHz()));
    avutil.av_channel_layout_default(context.ch_layout(), spec.channels());
    context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    context.log_level_offset(LOG_LEVEL_QUIETER);
    AVDictionary options = new AVDictionary(null);
    if (spec.codec() == SoundCodec.AAC) {
      avutil.av_dict_set(options, "aac_coder", "fast", 0);
    }
    int result = avcodec.avcodec_open2(context, codec, options);
    avutil.av_dict_free(options);
    if (result < 0) {
      avcodec.avcodec_free_context(context);
    }
    check(result, "encoder for " + spec);
    return context;
  }

  private static int sampleFormat(SoundCodec codec) {
    return switch (codec) {
      case AAC, MP3 -> avutil.AV_SAMPLE_FMT_FLTP;
      case OPUS -> avutil.AV_SAMPLE_FMT_FLT;
      case PCM_ALAW, PCM_MULAW -> avutil.AV_SAMPLE_FMT_S16;
    };
  }

  @Override
  public int clockHz() {
    return spec.sampleRateHz();
  }

  @Override
  public void describe(AVCodecParameters parameters) {
    check(avcodec.avcodec_parameters_from_context(parameters, encoder), "sound parameters");
    parameters.codec_tag(0);
  }

  @Override
  public Optional<AccessUnit> next() {
    while (true) {
      int result = avcodec.avcodec_receive_packet(encoder, packet);
      if (result == avutil.AVERROR_EOF) {
        return Optional.empty();
      }
      if (result == avutil.AVERROR_EAGAIN()) {
        feed();
        continue;
      }
      check(result, "encode sound");
      return Optional.of(taken());
    }
  }

  private AccessUnit taken() {
    byte[] payload = new byte[packet.size()];
    packet.data().get(payload);
    AccessUnit unit =
        new AccessUnit(
            AccessUnit.Kind.SOUND,
            payload,
            spec.sampleRateHz(),
            packet.pts(),
            packet.pts(),
            packet.duration() > 0 ? packet.duration() : frame.nb_samples(),
            true,
            new byte[0]);
    avcodec.av_packet_unref(packet);
    return unit;
  }

  private void feed() {
    if (synth.position() >= endSample) {
      if (!flushing) {
        flushing = true;
        check(avcodec.avcodec_send_frame(encoder, null), "flush sound");
      }
      return;
    }
    check(avutil.av_frame_make_writable(frame), "sound frame");
    frame.pts(synth.position());
    synth.render(samples);
    fill();
    check(avcodec.avcodec_send_frame(encoder, frame), "encode sound");
  }

  private void fill() {
    int channels = spec.channels();
    int length = samples.length / channels;
    switch (encoder.sample_fmt()) {
      case avutil.AV_SAMPLE_FMT_FLT -> new FloatPointer(frame.data(0)).put(samples);
      case avutil.AV_SAMPLE_FMT_S16 -> {
        short[] rounded = new short[samples.length];
        for (int i = 0; i < rounded.length; i++) {
          rounded[i] = (short) Math.round(Math.max(-1, Math.min(1, samples[i])) * Short.MAX_VALUE);
        }
        new ShortPointer(frame.data(0)).put(rounded);
      }
      default -> {
        float[] plane = new float[length];
        for (int c = 0; c < channels; c++) {
          for (int i = 0; i < length; i++) {
            plane[i] = samples[i * channels + c];
          }
          new FloatPointer(frame.extended_data(c)).put(plane);
        }
      }
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      avcodec.av_packet_free(packet);
      avutil.av_frame_free(frame);
      avcodec.avcodec_free_context(encoder);
    }
  }
}
