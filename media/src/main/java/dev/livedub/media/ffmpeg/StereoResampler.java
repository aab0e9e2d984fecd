package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc_set_opts2;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;
import static org.bytedeco.ffmpeg.global.swresample.swr_get_delay;
import static org.bytedeco.ffmpeg.global.swresample.swr_init;

import dev.livedub.core.time.Samples;
import dev.livedub.core.timeline.MediaTimes;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.ShortPointer;
import org.jspecify.annotations.Nullable;

/**
 * Brings decoded frames to 48 kHz stereo, 16 bit. Follows changes of rate, layout and sample format
 * in mid-stream. Mono goes to both channels at its own level; more than two channels are mixed down
 * with the coefficients of ITU-R BS.775, as libswresample does.
 *
 * <p><b>Threading:</b> one owner. <b>Ownership:</b> owns the converter and its buffers.
 */
final class StereoResampler implements AutoCloseable {

  private @Nullable SwrContext converter;
  private int sampleRateHz;
  private int sampleFormat;
  private int channels;
  private int outChannels;
  private ShortPointer nativeOut = new ShortPointer();
  private final PointerPointer<Pointer> outPlanes = new PointerPointer<>(1);
  private short[] converted = new short[0];
  private short[] stereo = new short[0];

  /** Converts one frame; the output's time allows for the converter's own delay. */
  boolean convert(AVFrame frame, long ptsMicros, SoundDecoder.Output output) {
    if (!isSetUpFor(frame) && !setUp(frame)) {
      return false;
    }
    SwrContext swr = converter;
    if (swr == null) {
      return false;
    }
    long delayedSamples = swr_get_delay(swr, Samples.RATE_HZ);
    int room =
        (int) (delayedSamples + (long) frame.nb_samples() * Samples.RATE_HZ / sampleRateHz) + 64;
    reserve(room);
    int frames = swr_convert(swr, outPlanes, room, frame.extended_data(), frame.nb_samples());
    if (frames < 0) {
      return false;
    }
    if (frames > 0) {
      nativeOut.get(converted, 0, frames * outChannels);
      long startMicros =
          ptsMicros == MediaTimes.UNSET_MICROS
              ? ptsMicros
              : ptsMicros - delayedSamples * 1_000_000 / Samples.RATE_HZ;
      output.accept(startMicros, outChannels == 2 ? converted : doubled(frames), frames);
    }
    return true;
  }

  private boolean isSetUpFor(AVFrame frame) {
    return converter != null
        && frame.sample_rate() == sampleRateHz
        && frame.format() == sampleFormat
        && frame.ch_layout().nb_channels() == channels;
  }

  private boolean setUp(AVFrame frame) {
    freeConverter();
    sampleRateHz = frame.sample_rate();
    sampleFormat = frame.format();
    channels = frame.ch_layout().nb_channels();
    if (sampleRateHz <= 0 || channels <= 0) {
      return false;
    }
    outChannels = Math.min(channels, 2);
    SwrContext swr = new SwrContext((Pointer) null);
    try (AVChannelLayout in = new AVChannelLayout();
        AVChannelLayout out = new AVChannelLayout()) {
      av_channel_layout_default(out, outChannels);
      // A layout of unknown order gets its count's usual one; a known one is kept.
      AVChannelLayout source = frame.ch_layout();
      if (source.order() == 0) {
        av_channel_layout_default(in, channels);
        source = in;
      }
      int result =
          swr_alloc_set_opts2(
              swr,
              out,
              AV_SAMPLE_FMT_S16,
              Samples.RATE_HZ,
              source,
              sampleFormat,
              sampleRateHz,
              0,
              null);
      if (result < 0 || swr_init(swr) < 0) {
        swr_free(swr);
        return false;
      }
    }
    converter = swr;
    return true;
  }

  private void reserve(int frames) {
    if (converted.length < frames * outChannels) {
      nativeOut.close();
      nativeOut = new ShortPointer((long) frames * outChannels);
      outPlanes.put(0, nativeOut);
      converted = new short[frames * outChannels];
    }
    outPlanes.put(0, nativeOut);
  }

  private short[] doubled(int frames) {
    if (stereo.length < frames * 2) {
      stereo = new short[frames * 2];
    }
    for (int i = 0; i < frames; i++) {
      stereo[2 * i] = converted[i];
      stereo[2 * i + 1] = converted[i];
    }
    return stereo;
  }

  private void freeConverter() {
    if (converter != null) {
      swr_free(converter);
      converter = null;
    }
  }

  @Override
  public void close() {
    freeConverter();
    nativeOut.close();
    outPlanes.close();
  }
}
