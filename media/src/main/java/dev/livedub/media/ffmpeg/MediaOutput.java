package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avformat.av_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import dev.livedub.core.timeline.StreamKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a destination: its muxer.
 *
 * <p>Packets are written as they come, without waiting for the other stream to interleave them: the
 * worker hands them over in order, and a stream that pauses must not hold the other.
 *
 * <p>Call order: {@link #open}, {@link #write} and {@link #flush}…, {@link #finish} for a clean
 * end, {@link #close}. <b>Threading:</b> one thread; any may {@link #cancel}. <b>Ownership:</b>
 * owns the muxer.
 */
public final class MediaOutput implements AutoCloseable {

  /** A write that takes longer finds a peer that has stopped reading. */
  public static final Duration WRITE_DEADLINE = Duration.ofMillis(1500);

  private static final TimeBase CLOCK_90_KHZ = new TimeBase(1, 90_000);

  private final OutputTarget target;
  private final Carrier carrier;
  private @Nullable AVFormatContext context;
  private boolean headerWritten;
  private int pictureIndex = -1;
  private int soundIndex = -1;
  private TimeBase pictureTimeBase = CLOCK_90_KHZ;
  private TimeBase soundTimeBase = CLOCK_90_KHZ;

  /** A destination that is not connected yet. */
  public MediaOutput(OutputTarget target) {
    this.target = target;
    Libraries.load();
    carrier = Carrier.of(target);
  }

  /**
   * Connects and announces the streams. Blocks.
   *
   * @param bitsPerSecond what the stream is expected to take, for the size of socket buffers
   * @throws MediaException when that fails or takes longer than {@code timeout}
   */
  public void open(
      Optional<PictureFormat> picture,
      Optional<SoundFormat> sound,
      long bitsPerSecond,
      Duration timeout)
      throws MediaException {
    AVFormatContext muxer = new AVFormatContext(null);
    int result = avformat_alloc_output_context2(muxer, null, target.muxer(), target.url());
    if (result < 0) {
      throw carrier.onOpen(result);
    }
    context = muxer;
    carrier.within(timeout);
    picture.ifPresent(format -> pictureIndex = addPicture(muxer, format));
    sound.ifPresent(format -> soundIndex = addSound(muxer, format));
    carrier.connect(muxer, picture, bitsPerSecond);
    AVDictionary options = dictionary(target.muxerOptions());
    result = avformat_write_header(muxer, options);
    av_dict_free(options);
    if (result < 0) {
      throw carrier.onOpen(result);
    }
    headerWritten = true;
    picture.ifPresent(
        format -> pictureTimeBase = TimeBase.of(muxer.streams(pictureIndex).time_base()));
    sound.ifPresent(format -> soundTimeBase = TimeBase.of(muxer.streams(soundIndex).time_base()));
    carrier.flush();
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

  /**
   * Writes one packet at its place on the output timeline. Blocks for {@link #WRITE_DEADLINE} at
   * most. It may wait for {@link #flush}, so that many go out in one system call. The packet stays
   * the caller's, but its native timestamps are overwritten.
   *
   * @throws MediaException when the destination is lost
   */
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
    carrier.within(WRITE_DEADLINE);
    int result = av_write_frame(context, raw);
    if (result < 0) {
      throw carrier.onWrite(result);
    }
  }

  /**
   * Hands over to the kernel what was written. Blocks for {@link #WRITE_DEADLINE} at most.
   *
   * @throws MediaException when the destination is lost
   */
  public void flush() throws MediaException {
    carrier.within(WRITE_DEADLINE);
    carrier.flush();
  }

  /** Writes the trailer and says good-bye, in at most {@code timeout}. */
  public void finish(Duration timeout) throws MediaException {
    if (context == null || !headerWritten) {
      return;
    }
    carrier.within(timeout);
    headerWritten = false;
    int result = av_write_trailer(context);
    if (result < 0) {
      throw carrier.onWrite(result);
    }
    carrier.finish();
  }

  /** Aborts what this output is doing, from any thread. Nothing works afterwards but close. */
  public void cancel() {
    carrier.cancel();
  }

  @Override
  public void close() {
    AVFormatContext muxer = context;
    context = null;
    carrier.close(muxer, headerWritten);
    if (muxer != null) {
      avformat_free_context(muxer);
    }
  }

  private static AVDictionary dictionary(Map<String, String> options) {
    AVDictionary dictionary = new AVDictionary();
    options.forEach((key, value) -> av_dict_set(dictionary, key, value, 0));
    return dictionary;
  }
}
