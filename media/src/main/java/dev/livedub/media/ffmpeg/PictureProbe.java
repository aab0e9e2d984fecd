package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import dev.livedub.core.timeline.DtsGenerator;
import java.util.Objects;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Finds out a stream's picture size and reorder depth by decoding one keyframe.
 *
 * <p>An input that is joined in the middle of a long group of pictures does not tell them when it
 * is opened, and new parameter sets in mid-stream change them. Muxers want the size, and decoding
 * timestamps are made from the depth.
 */
public final class PictureProbe {

  private PictureProbe() {}

  /**
   * The format with the size and the depth that the keyframe tells; as it was if it tells none.
   *
   * @param keyframe borrowed
   */
  public static PictureFormat complete(PictureFormat format, MediaPacket keyframe) {
    AVCodecParameters parameters = Objects.requireNonNull(avcodec_parameters_alloc());
    StreamFormats.fill(parameters, format);
    AVCodec codec = Objects.requireNonNull(avcodec_find_decoder(parameters.codec_id()));
    AVCodecContext decoder = Objects.requireNonNull(avcodec_alloc_context3(codec));
    AVFrame frame = Objects.requireNonNull(av_frame_alloc());
    try {
      avcodec_parameters_to_context(decoder, parameters);
      decoder.thread_count(1);
      boolean decoded =
          avcodec_open2(decoder, codec, (AVDictionary) null) >= 0
              && avcodec_send_packet(decoder, keyframe.borrow()) >= 0
              && avcodec_send_packet(decoder, null) >= 0
              && avcodec_receive_frame(decoder, frame) >= 0;
      return decoded ? told(format, decoder) : format;
    } finally {
      av_frame_free(frame);
      avcodec_free_context(decoder);
      avcodec_parameters_free(parameters);
    }
  }

  private static PictureFormat told(PictureFormat format, AVCodecContext decoder) {
    int depth = Math.max(0, Math.min(DtsGenerator.MAX_REORDER_DEPTH, decoder.has_b_frames()));
    return format.withPicture(decoder.width(), decoder.height(), depth);
  }
}
