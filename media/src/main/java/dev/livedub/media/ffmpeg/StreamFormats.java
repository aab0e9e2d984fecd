package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import dev.livedub.core.timeline.DtsGenerator;
import dev.livedub.media.ffmpeg.MediaException.Fault;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;

/** Translates between FFmpeg's codec parameters and this program's formats. */
final class StreamFormats {

  private static final long DEFAULT_FRAME_MICROS = 40_000;

  private StreamFormats() {}

  static PictureFormat picture(AVStream stream, String shownUrl) throws MediaException {
    AVCodecParameters parameters = stream.codecpar();
    return new PictureFormat(
        pictureCodec(parameters.codec_id(), shownUrl),
        extradata(parameters),
        parameters.width(),
        parameters.height(),
        parameters.profile(),
        parameters.level(),
        Math.max(0, Math.min(DtsGenerator.MAX_REORDER_DEPTH, parameters.video_delay())),
        frameMicros(stream));
  }

  private static PictureFormat.Codec pictureCodec(int codecId, String shownUrl)
      throws MediaException {
    if (codecId == AV_CODEC_ID_H264) {
      return PictureFormat.Codec.H264;
    }
    if (codecId == AV_CODEC_ID_HEVC) {
      return PictureFormat.Codec.H265;
    }
    throw new MediaException(
        Fault.INPUT_CODEC,
        "the picture of "
            + shownUrl
            + " is coded as "
            + avcodec_get_name(codecId).getString()
            + ", expected h264 or hevc: no other is carried unchanged");
  }

  private static long frameMicros(AVStream stream) {
    for (AVRational rate : new AVRational[] {stream.avg_frame_rate(), stream.r_frame_rate()}) {
      if (rate.num() > 0 && rate.den() > 0 && rate.num() / rate.den() <= 300) {
        return 1_000_000L * rate.den() / rate.num();
      }
    }
    return DEFAULT_FRAME_MICROS;
  }

  static SoundFormat sound(AVStream stream) {
    AVCodecParameters parameters = stream.codecpar();
    return new SoundFormat(
        parameters.codec_id(),
        avcodec_get_name(parameters.codec_id()).getString(),
        extradata(parameters),
        parameters.sample_rate(),
        parameters.ch_layout().nb_channels(),
        parameters.profile(),
        parameters.frame_size(),
        parameters.bit_rate());
  }

  static byte[] extradata(AVCodecParameters parameters) {
    byte[] bytes = new byte[Math.max(0, parameters.extradata_size())];
    if (bytes.length > 0) {
      parameters.extradata().get(bytes);
    }
    return bytes;
  }

  /** A copy that outlives the stream; the caller frees it. */
  static AVCodecParameters copy(AVCodecParameters parameters) {
    AVCodecParameters copy = avcodec_parameters_alloc();
    if (copy == null || avcodec_parameters_copy(copy, parameters) < 0) {
      throw new OutOfMemoryError("no native memory for codec parameters");
    }
    return copy;
  }

  /** Fills the parameters of an output stream. */
  static void fill(AVCodecParameters parameters, PictureFormat format) {
    parameters
        .codec_type(AVMEDIA_TYPE_VIDEO)
        .codec_id(format.codec() == PictureFormat.Codec.H264 ? AV_CODEC_ID_H264 : AV_CODEC_ID_HEVC)
        .width(format.width())
        .height(format.height())
        .profile(format.profile())
        .level(format.level())
        .video_delay(format.reorderDepth());
    setExtradata(parameters, format.configuration());
  }

  /** Fills the parameters of an output stream. */
  static void fill(AVCodecParameters parameters, SoundFormat format) {
    parameters
        .codec_type(AVMEDIA_TYPE_AUDIO)
        .codec_id(format.codecId())
        .sample_rate(format.sampleRateHz())
        .profile(format.profile())
        .frame_size(format.frameSamples())
        .bit_rate(format.bitRate());
    av_channel_layout_default(parameters.ch_layout(), Math.max(1, format.channels()));
    setExtradata(parameters, format.configuration());
  }

  private static void setExtradata(AVCodecParameters parameters, byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    BytePointer copy =
        new BytePointer(av_mallocz(bytes.length + (long) AV_INPUT_BUFFER_PADDING_SIZE));
    copy.put(bytes, 0, bytes.length);
    parameters.extradata(copy).extradata_size(bytes.length);
  }
}
