package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.avformat.AVFormatContext.AVFMT_FLAG_FLUSH_PACKETS;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open2;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import dev.livedub.core.timeline.StreamKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.jspecify.annotations.Nullable;

/**
 * FFmpeg's muxers and protocols: files, SRT and RTSP. Every packet is flushed as it is written.
 *
 * <p><b>Threading:</b> as {@link MediaOutput}. <b>Ownership:</b> owns the muxer and its connection.
 */
final class MuxedOutput implements MediaOutput {

  private static final TimeBase CLOCK_90_KHZ = new TimeBase(1, 90_000);
  private static final Duration GOOD_BYE = Duration.ofMillis(500);

  private final OutputTarget target;
  private final Deadline deadline;
  private @Nullable AVFormatContext context;
  private boolean headerWritten;
  private int pictureIndex = -1;
  private int soundIndex = -1;
  private TimeBase pictureTimeBase = CLOCK_90_KHZ;
  private TimeBase soundTimeBase = CLOCK_90_KHZ;

  MuxedOutput(OutputTarget target) {
    this.target = target;
    Libraries.load();
    deadline = new Deadline();
  }

  @Override
  public void open(
      Optional<PictureFormat> picture,
      Optional<SoundFormat> sound,
      long bitsPerSecond,
      Duration timeout)
      throws MediaException {
    AVFormatContext muxer = new AVFormatContext(null);
    int result = avformat_alloc_output_context2(muxer, null, target.muxer(), target.url());
    if (result < 0) {
      throw cannotOpen(result);
    }
    context = muxer;
    deadline.within(timeout);
    picture.ifPresent(format -> pictureIndex = addPicture(muxer, format));
    sound.ifPresent(format -> soundIndex = addSound(muxer, format));
    connect(muxer);
    AVDictionary options = dictionary(target.muxerOptions());
    result = avformat_write_header(muxer, options);
    av_dict_free(options);
    if (result < 0) {
      throw cannotOpen(result);
    }
    headerWritten = true;
    picture.ifPresent(
        format -> pictureTimeBase = TimeBase.of(muxer.streams(pictureIndex).time_base()));
    sound.ifPresent(format -> soundTimeBase = TimeBase.of(muxer.streams(soundIndex).time_base()));
  }

  private void connect(AVFormatContext muxer) throws MediaException {
    deadline.guard(muxer);
    if (target.muxerConnects()) {
      return;
    }
    AVIOContext io = new AVIOContext(null);
    int result =
        avio_open2(
            io, target.url(), AVIO_FLAG_WRITE, muxer.interrupt_callback(), (AVDictionary) null);
    if (result < 0) {
      throw cannotOpen(result);
    }
    muxer.pb(io);
    muxer.flags(muxer.flags() | AVFMT_FLAG_FLUSH_PACKETS);
  }

  private static int addPicture(AVFormatContext muxer, PictureFormat format) {
    AVStream stream = avformat_new_stream(muxer, null);
    StreamFormats.fill(stream.codecpar(), format);
    stream.time_base().num(CLOCK_90_KHZ.numerator()).den(CLOCK_90_KHZ.denominator());
    return stream.index();
  }

  private static int addSound(AVFormatContext muxer, SoundFormat format) {
    AVStream stream = avformat_new_stream(muxer, null);
    StreamFormats.fill(stream.codecpar(), format);
    stream.time_base().num(1).den(Math.max(1, format.sampleRateHz()));
    return stream.index();
  }

  @Override
  public void write(MediaPacket packet) throws MediaException {
    if (context == null) {
      throw new IllegalStateException("write before open");
    }
    boolean isPicture = packet.kind() == StreamKind.VIDEO;
    int index = isPicture ? pictureIndex : soundIndex;
    if (index < 0) {
      return;
    }
    TimeBase timeBase = isPicture ? pictureTimeBase : soundTimeBase;
    AVPacket raw = packet.borrow();
    raw.stream_index(index)
        .pts(timeBase.fromMicros(packet.ptsMicros()))
        .dts(timeBase.fromMicros(packet.dtsMicros()))
        .duration(timeBase.fromMicros(packet.durationMicros()))
        .pos(-1);
    deadline.within(WRITE_DEADLINE);
    int result = av_write_frame(context, raw);
    if (result < 0) {
      throw cannotWrite(result);
    }
  }

  @Override
  public void flush() {
    // Every packet was flushed as it was written.
  }

  @Override
  public void finish(Duration timeout) throws MediaException {
    if (context == null || !headerWritten) {
      return;
    }
    deadline.within(timeout);
    headerWritten = false;
    int result = av_write_trailer(context);
    if (result < 0) {
      throw cannotWrite(result);
    }
  }

  private MediaException cannotOpen(int error) {
    return OutputFaults.onOpen(error, target, deadline.hasPassed());
  }

  private MediaException cannotWrite(int error) {
    return OutputFaults.onWrite(error, target, deadline.hasPassed());
  }

  @Override
  public void cancel() {
    deadline.cancel();
  }

  @Override
  public void close() {
    AVFormatContext muxer = context;
    context = null;
    if (muxer != null) {
      deadline.forGoodBye(GOOD_BYE);
      disconnect(muxer);
    }
    deadline.close();
    if (muxer != null) {
      avformat_free_context(muxer);
    }
  }

  private void disconnect(AVFormatContext muxer) {
    if (headerWritten && target.muxerConnects()) {
      av_write_trailer(muxer); // the only way to make such a muxer close its connection
    }
    AVIOContext io = muxer.pb();
    if (io != null && !target.muxerConnects()) {
      avio_closep(io);
      muxer.pb(null);
    }
  }

  private static AVDictionary dictionary(Map<String, String> options) {
    AVDictionary dictionary = new AVDictionary();
    options.forEach((key, value) -> av_dict_set(dictionary, key, value, 0));
    return dictionary;
  }
}
