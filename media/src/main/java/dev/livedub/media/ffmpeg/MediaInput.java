package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_free;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import dev.livedub.core.log.MaskedUrl;
import dev.livedub.core.timeline.MediaTimes;
import dev.livedub.core.timeline.StreamKind;
import dev.livedub.media.ffmpeg.MediaException.Fault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an input: its demuxer.
 *
 * <p><b>Threading:</b> opened, read and closed by one thread: FFmpeg crashes if another closes it
 * during a read. Any thread may {@link #cancel}. <b>Ownership:</b> owns the demuxer; packets belong
 * to the caller.
 */
public final class MediaInput implements AutoCloseable {

  /** An input that says nothing for this long is gone: the bound on noticing a stall is 5 s. */
  public static final Duration READ_DEADLINE = Duration.ofSeconds(4);

  private static final Duration GOOD_BYE = Duration.ofMillis(500);

  /** Demuxers of RTP: it carries presentation times only. */
  private static final Set<String> WITHOUT_DTS = Set.of("rtsp", "sdp");

  private static final Pattern RTSP = Pattern.compile("(?i)rtsps?://");

  private final String shownUrl;
  private final Deadline deadline = new Deadline();
  private final Feed feed;
  private final boolean isFile;
  private @Nullable AVFormatContext context;
  private int pictureIndex = -1;
  private int soundIndex = -1;
  private Optional<PictureFormat> picture = Optional.empty();
  private Optional<SoundFormat> sound = Optional.empty();
  private @Nullable AVCodecParameters soundParameters;
  private boolean takenOver;
  private boolean dtsFromContainer;
  private TimeBase pictureTimeBase = TimeBase.MICROS;
  private TimeBase soundTimeBase = TimeBase.MICROS;

  /** An input that is not connected yet. */
  public MediaInput(String url) {
    this(url, Duration.ZERO);
  }

  /**
   * An input that is not connected yet.
   *
   * @param gather how long packets may wait with the kernel for others, where reading many at once
   *     saves something; zero has each read as it comes
   */
  public MediaInput(String url, Duration gather) {
    Libraries.load();
    this.shownUrl = MaskedUrl.of(url);
    this.isFile = !url.contains("://") || url.startsWith("file:");
    this.feed = RTSP.matcher(url).lookingAt() ? new RtspFeed(gather) : new UrlFeed(isFile);
  }

  /**
   * Connects and finds out what the streams are. Blocks.
   *
   * @throws MediaException when that fails, takes longer than {@code timeout}, or finds nothing
   *     that can be carried
   */
  public void open(String url, Duration timeout) throws MediaException {
    AVFormatContext opened = avformat_alloc_context();
    if (opened == null) {
      throw new OutOfMemoryError("no native memory for a demuxer");
    }
    deadline.guard(opened);
    deadline.within(timeout);
    feed.open(opened, url, deadline);
    context = opened;
    int result = avformat_find_stream_info(opened, (org.bytedeco.javacpp.PointerPointer<?>) null);
    if (result < 0) {
      throw InputFaults.onOpen(result, shownUrl, isFile, deadline.hasPassed());
    }
    dtsFromContainer = !WITHOUT_DTS.contains(opened.iformat().name().getString());
    chooseStreams(opened);
    takenOver = feed.takesOver(chosenStreams());
    if (takenOver) {
      closeDemuxer();
    }
  }

  private Set<Integer> chosenStreams() {
    return IntStream.of(pictureIndex, soundIndex)
        .filter(index -> index >= 0)
        .boxed()
        .collect(Collectors.toUnmodifiableSet());
  }

  private void closeDemuxer() {
    if (context != null) {
      avformat_close_input(context);
      context = null;
    }
  }

  private void chooseStreams(AVFormatContext opened) throws MediaException {
    pictureIndex = av_find_best_stream(opened, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
    soundIndex = av_find_best_stream(opened, AVMEDIA_TYPE_AUDIO, -1, -1, (AVCodec) null, 0);
    if (pictureIndex < 0 && soundIndex < 0) {
      throw new MediaException(Fault.INPUT_CODEC, shownUrl + " holds neither picture nor sound");
    }
    for (int i = 0; i < opened.nb_streams(); i++) {
      if (i != pictureIndex && i != soundIndex) {
        opened.streams(i).discard(avcodec.AVDISCARD_ALL);
      }
    }
    if (pictureIndex >= 0) {
      AVStream stream = opened.streams(pictureIndex);
      picture = Optional.of(StreamFormats.picture(stream, shownUrl));
      pictureTimeBase = TimeBase.of(stream.time_base());
    }
    if (soundIndex >= 0) {
      AVStream stream = opened.streams(soundIndex);
      sound = Optional.of(StreamFormats.sound(stream));
      soundTimeBase = TimeBase.of(stream.time_base());
      soundParameters = StreamFormats.copy(stream.codecpar());
    }
  }

  /** The picture stream, if there is one. */
  public Optional<PictureFormat> picture() {
    return picture;
  }

  /** The sound stream, if there is one. */
  public Optional<SoundFormat> sound() {
    return sound;
  }

  /** Whether pictures' DTS come from the container; RTP carries none. */
  public boolean hasContainerDts() {
    return dtsFromContainer;
  }

  /** A decoder for {@link #sound}; the caller closes it, on this thread. */
  public SoundDecoder newSoundDecoder() throws MediaException {
    if (soundParameters == null) {
      throw new IllegalStateException("no sound stream in " + shownUrl);
    }
    return new SoundDecoder(soundParameters);
  }

  /**
   * Reads the next packet of picture or sound. Blocks for {@link #READ_DEADLINE} at most.
   *
   * @return null at the end of a file, or of a stream that its server ended in good order
   * @throws MediaException when the input is lost
   */
  public @Nullable MediaPacket read() throws MediaException {
    if (isFile) {
      deadline.disarm();
    } else {
      deadline.within(READ_DEADLINE);
    }
    if (takenOver) {
      return feed.read();
    }
    if (context == null) {
      throw new IllegalStateException("read before open");
    }
    return demux(context);
  }

  private @Nullable MediaPacket demux(AVFormatContext opened) throws MediaException {
    while (true) {
      AVPacket packet = av_packet_alloc();
      if (packet == null) {
        throw new OutOfMemoryError("no native memory for a packet");
      }
      int result = av_read_frame(opened, packet);
      // Past the deadline, FFmpeg still gives out what its parsers held, and would read on.
      if (result >= 0 && deadline.hasPassed()) {
        av_packet_free(packet);
        throw InputFaults.onRead(AVERROR_EXIT(), shownUrl, true);
      }
      if (result < 0) {
        av_packet_free(packet);
        if (result == AVERROR_EOF()) {
          return null;
        }
        int error = result;
        throw feed.failure()
            .orElseGet(() -> InputFaults.onRead(error, shownUrl, deadline.hasPassed()));
      }
      MediaPacket wrapped = wrap(packet);
      if (wrapped != null) {
        return wrapped;
      }
      av_packet_free(packet);
    }
  }

  private @Nullable MediaPacket wrap(AVPacket packet) {
    int index = packet.stream_index();
    boolean isPicture = index == pictureIndex;
    if ((!isPicture && index != soundIndex) || (packet.flags() & AV_PKT_FLAG_CORRUPT) != 0) {
      return null;
    }
    TimeBase timeBase = isPicture ? pictureTimeBase : soundTimeBase;
    return new MediaPacket(
        packet,
        isPicture ? StreamKind.VIDEO : StreamKind.AUDIO,
        (packet.flags() & AV_PKT_FLAG_KEY) != 0,
        micros(packet.pts(), timeBase),
        micros(packet.dts(), timeBase),
        timeBase.toMicros(packet.duration()),
        System.nanoTime());
  }

  private static long micros(long ticks, TimeBase timeBase) {
    return ticks == AV_NOPTS_VALUE ? MediaTimes.UNSET_MICROS : timeBase.toMicros(ticks);
  }

  /** Aborts what this input is doing, from any thread. Nothing works afterwards but close. */
  public void cancel() {
    deadline.cancel();
    feed.cancel();
  }

  @Override
  public void close() {
    deadline.forGoodBye(GOOD_BYE);
    closeDemuxer();
    feed.close(GOOD_BYE);
    if (soundParameters != null) {
      avcodec_parameters_free(soundParameters);
      soundParameters = null;
    }
    deadline.close();
  }
}
