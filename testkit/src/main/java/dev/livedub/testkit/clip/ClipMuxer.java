package dev.livedub.testkit.clip;

import static dev.livedub.testkit.clip.MediaException.check;

import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Writes a source's access units into a file or to a server, each at once and in the order given.
 *
 * <p><b>Threading</b>: one thread opens, writes and closes. <b>Ownership</b>: owns its context; the
 * deadline and the source are the caller's and outlive it.
 */
public final class ClipMuxer implements AutoCloseable {
  private final ClipSource source;
  private final long shiftMicros;
  private final AVFormatContext context = new AVFormatContext(null);
  private final AVPacket packet = avcodec.av_packet_alloc();
  private boolean headerWritten;
  private boolean closed;

  /**
   * Opens the destination and writes the header.
   *
   * @param format FFmpeg's name of the container, such as {@code flv}
   * @param options of protocol and container
   * @param shiftMicros what all times are raised by; whole seconds keep the marks on seconds
   * @param deadline when blocking calls give up
   */
  public ClipMuxer(
      ClipSource source,
      String url,
      String format,
      Map<String, String> options,
      long shiftMicros,
      IoDeadline deadline) {
    this.source = source;
    this.shiftMicros = shiftMicros;
    try {
      open(url, format, options, deadline);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void open(String url, String format, Map<String, String> options, IoDeadline deadline) {
    check(
        avformat.avformat_alloc_output_context2(context, null, format, url), "muxer for " + format);
    deadline.guard(context.interrupt_callback());
    context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_FLUSH_PACKETS);
    for (Track track : source.tracks()) {
      AVStream stream = avformat.avformat_new_stream(context, null);
      track.describe(stream.codecpar());
      stream.time_base(avutil.av_make_q(1, track.clockHz()));
    }
    AVDictionary dictionary = new AVDictionary(null);
    options.forEach((key, value) -> avutil.av_dict_set(dictionary, key, value, 0));
    try {
      if ((context.oformat().flags() & avformat.AVFMT_NOFILE) == 0) {
        AVIOContext io = new AVIOContext(null);
        check(
            avformat.avio_open2(
                io, url, avformat.AVIO_FLAG_WRITE, context.interrupt_callback(), dictionary),
            "open output");
        context.pb(io);
      }
      check(avformat.avformat_write_header(context, dictionary), "write header");
      headerWritten = true;
    } finally {
      avutil.av_dict_free(dictionary);
    }
  }

  /** Writes a unit of the source. */
  public void write(AccessUnit unit) {
    int index = source.trackOf(unit);
    AVStream stream = context.streams(index);
    check(avcodec.av_new_packet(packet, unit.payload().length), "packet");
    packet.data().put(unit.payload());
    packet.stream_index(index);
    long shift = Math.multiplyExact(shiftMicros, (long) unit.clockHz()) / 1_000_000;
    packet.pts(unit.pts() + shift);
    packet.dts(unit.dts() + shift);
    packet.duration(unit.duration());
    packet.flags(unit.keyframe() ? avcodec.AV_PKT_FLAG_KEY : 0);
    unit.newParameterSets().ifPresent(this::announce);
    avcodec.av_packet_rescale_ts(packet, avutil.av_make_q(1, unit.clockHz()), stream.time_base());
    int result = avformat.av_write_frame(context, packet);
    avcodec.av_packet_unref(packet);
    check(result, "write " + unit.kind());
  }

  private void announce(byte[] parameterSets) {
    BytePointer data =
        avcodec.av_packet_new_side_data(
            packet, avcodec.AV_PKT_DATA_NEW_EXTRADATA, parameterSets.length);
    data.put(parameterSets);
  }

  /** Writes the trailer and closes the destination; errors of a dead peer are left aside. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (!context.isNull()) {
      if (headerWritten) {
        avformat.av_write_trailer(context);
      }
      AVIOContext io = context.pb();
      if ((context.oformat().flags() & avformat.AVFMT_NOFILE) == 0 && !Pointer.isNull(io)) {
        avformat.avio_closep(io);
      }
      avformat.avformat_free_context(context);
    }
    avcodec.av_packet_free(packet);
  }
}
