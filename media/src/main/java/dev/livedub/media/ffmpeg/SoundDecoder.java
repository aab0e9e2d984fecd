package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import dev.livedub.core.timeline.MediaTimes;
import dev.livedub.media.ffmpeg.MediaException.Fault;
import java.util.Objects;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Decodes sound of any codec, rate and layout to 48 kHz stereo.
 *
 * <p><b>Threading:</b> one owner. <b>Ownership:</b> owns decoder and resampler.
 */
public final class SoundDecoder implements AutoCloseable {

  /** Takes decoded sound. */
  @FunctionalInterface
  public interface Output {
    /**
     * One block.
     *
     * @param ptsMicros timestamp of the first frame, µs, {@link MediaTimes#UNSET_MICROS} if the
     *     packet had none
     * @param stereo 48 kHz interleaved; valid during the call
     */
    void accept(long ptsMicros, short[] stereo, int frames);
  }

  private final AVCodecContext decoder;
  private final AVFrame frame;
  private final StereoResampler resampler = new StereoResampler();

  SoundDecoder(AVCodecParameters parameters) throws MediaException {
    AVCodec codec = avcodec_find_decoder(parameters.codec_id());
    String name = avcodec_get_name(parameters.codec_id()).getString();
    if (codec == null) {
      throw new MediaException(
          Fault.INPUT_CODEC, "the sound is coded as " + name + ", for which there is no decoder");
    }
    decoder = Objects.requireNonNull(avcodec_alloc_context3(codec));
    frame = Objects.requireNonNull(av_frame_alloc());
    avcodec_parameters_to_context(decoder, parameters);
    decoder.thread_count(1);
    int result = avcodec_open2(decoder, codec, (AVDictionary) null);
    if (result < 0) {
      close();
      throw new MediaException(
          Fault.INPUT_CODEC,
          "the decoder for " + name + " does not open: " + Libraries.describe(result));
    }
  }

  /**
   * Decodes one packet into any number of blocks. The packet stays the caller's.
   *
   * @return whether the packet could be decoded; after false, the next may
   */
  public boolean decode(MediaPacket packet, Output output) {
    AVPacket raw = packet.borrow();
    long ptsMicros = packet.ptsMicros();
    // The decoder hands timestamps through, whatever their unit.
    raw.pts(ptsMicros == MediaTimes.UNSET_MICROS ? AV_NOPTS_VALUE : ptsMicros);
    if (avcodec_send_packet(decoder, raw) < 0) {
      return false;
    }
    while (avcodec_receive_frame(decoder, frame) >= 0) {
      long framePts = frame.pts();
      boolean converted =
          resampler.convert(
              frame, framePts == AV_NOPTS_VALUE ? MediaTimes.UNSET_MICROS : framePts, output);
      av_frame_unref(frame);
      if (!converted) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    resampler.close();
    av_frame_free(frame);
    avcodec_free_context(decoder);
  }
}
