package dev.livedub.testkit.measure;

import static dev.livedub.testkit.clip.MediaException.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Decodes the pictures of a file. Beneath the grabber, because that takes a picture's size from the
 * decoder, which is ahead of the picture where the size changes.
 *
 * <p><b>Threading</b>: one thread. <b>Ownership</b>: frees everything before it returns.
 */
final class PictureReader {
  private final AVFormatContext context = new AVFormatContext(null);
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();
  private final List<DecodedFile.Picture> pictures = new ArrayList<>();
  private AVCodecContext decoder = new AVCodecContext(null);

  private PictureReader() {}

  /** The pictures of the first picture stream, in the order shown; none without such a stream. */
  static List<DecodedFile.Picture> read(Path file) {
    PictureReader reader = new PictureReader();
    try {
      reader.run(file);
      return reader.pictures;
    } finally {
      reader.free();
    }
  }

  private void run(Path file) {
    check(
        avformat.avformat_open_input(context, file.toString(), null, new AVDictionary(null)),
        "open " + file.getFileName());
    check(avformat.avformat_find_stream_info(context, (PointerPointer<?>) null), "probe");
    for (int i = 0; i < context.nb_streams(); i++) {
      if (context.streams(i).codecpar().codec_type() == avutil.AVMEDIA_TYPE_VIDEO) {
        decode(i, context.streams(i));
        return;
      }
    }
  }

  private void decode(int index, AVStream stream) {
    AVCodec codec = avcodec.avcodec_find_decoder(stream.codecpar().codec_id());
    decoder = avcodec.avcodec_alloc_context3(codec);
    check(avcodec.avcodec_parameters_to_context(decoder, stream.codecpar()), "decoder");
    check(avcodec.avcodec_open2(decoder, codec, new AVDictionary(null)), "decoder");
    while (avformat.av_read_frame(context, packet) >= 0) {
      if (packet.stream_index() == index) {
        check(avcodec.avcodec_send_packet(decoder, packet), "decode picture");
        takeAll(stream);
      }
      avcodec.av_packet_unref(packet);
    }
    check(avcodec.avcodec_send_packet(decoder, null), "flush decoder");
    takeAll(stream);
  }

  private void takeAll(AVStream stream) {
    while (avcodec.avcodec_receive_frame(decoder, frame) >= 0) {
      double tickMicros = 1e6 * stream.time_base().num() / stream.time_base().den();
      pictures.add(
          new DecodedFile.Picture(
              Math.round(frame.best_effort_timestamp() * tickMicros),
              meanLuma(),
              frame.width(),
              frame.height()));
      avutil.av_frame_unref(frame);
    }
  }

  private double meanLuma() {
    if (frame.format() != avutil.AV_PIX_FMT_YUV420P
        && frame.format() != avutil.AV_PIX_FMT_YUVJ420P) {
      throw new IllegalStateException("pixel format " + frame.format() + ", expected yuv420p");
    }
    BytePointer plane = frame.data(0);
    byte[] row = new byte[frame.width()];
    long sum = 0;
    for (int y = 0; y < frame.height(); y++) {
      plane.position((long) y * frame.linesize(0)).get(row);
      for (byte sample : row) {
        sum += sample & 0xFF;
      }
    }
    return (double) sum / frame.width() / frame.height();
  }

  private void free() {
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    if (!decoder.isNull()) {
      avcodec.avcodec_free_context(decoder);
    }
    if (!context.isNull()) {
      avformat.avformat_close_input(context);
    }
  }
}
