package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;

import dev.livedub.core.log.MaskedUrl;
import dev.livedub.media.ffmpeg.MediaException.Fault;
import dev.livedub.media.rtsp.RtspClient;
import dev.livedub.media.rtsp.RtspException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Connects and reads by an RTSP client of this program's own. FFmpeg's {@code sdp} demuxer is given
 * the session description, then packets, one at a time, and finds out what the streams are. Of the
 * usual payloads {@link RtpReader} makes access units from then on; of the others, the demuxer.
 *
 * <p><b>Ownership:</b> owns the connection, the memory that it reads into, and both of the
 * demuxer's ways to read.
 */
final class RtspFeed implements Feed, CallbackIo.Source {

  private static final int END = AVERROR_EOF();
  private static final int FAILED = AVERROR_EXIT();

  private final Duration gather;
  private volatile @Nullable RtspClient client;
  private @Nullable BytePointer memory;
  private @Nullable RtpReader reader;
  private @Nullable CallbackIo description;
  private @Nullable CallbackIo packets;
  private @Nullable Deadline readingDeadline;
  private @Nullable MediaException failure;
  private String shownUrl = "";

  /**
   * A feed that is not connected yet.
   *
   * @param gather how long packets may wait for others before they are read
   */
  RtspFeed(Duration gather) {
    this.gather = gather;
  }

  @Override
  public void open(AVFormatContext context, String url, Deadline deadline) throws MediaException {
    shownUrl = MaskedUrl.of(url);
    readingDeadline = deadline;
    String text;
    try {
      text = connect(url, deadline);
    } catch (RtspException e) {
      avformat_free_context(context);
      throw InputFaults.onOpen(e, shownUrl);
    }
    description = CallbackIo.of(CallbackIo.once(text.getBytes(StandardCharsets.UTF_8)));
    packets = CallbackIo.ofMessages(this);
    context.pb(description.context());
    AVDictionary options = InputOptions.dictionary(InputOptions.ofDescription());
    int result = avformat_open_input(context, (String) null, av_find_input_format("sdp"), options);
    InputOptions.free(options);
    if (result < 0) { // it has freed the context
      throw InputFaults.onOpen(result, shownUrl, false, deadline.hasPassed());
    }
    context.pb(packets.context());
  }

  private String connect(String url, Deadline deadline) throws RtspException {
    BytePointer allocated = new BytePointer(av_malloc(RtspClient.BUFFER_BYTES));
    if (allocated.isNull()) {
      throw new OutOfMemoryError("no native memory for a receive buffer");
    }
    memory = allocated.capacity(RtspClient.BUFFER_BYTES);
    RtspClient fresh = new RtspClient(url, allocated.asByteBuffer(), gather);
    client = fresh;
    if (deadline.isCancelled()) { // when there was no client yet to cancel
      fresh.cancel();
    }
    String played = fresh.open(deadline.dueNanos());
    reader = new RtpReader(fresh, allocated.asByteBuffer(), played);
    return played;
  }

  /** Hands the demuxer one packet. */
  @Override
  public int read(BytePointer into, int roomBytes) {
    RtspClient connected = client;
    if (failure != null || connected == null || memory == null || readingDeadline == null) {
      return FAILED;
    }
    try {
      int sizeBytes = connected.next(readingDeadline.dueNanos());
      if (sizeBytes < 0) {
        return END;
      }
      if (reader != null) {
        reader.accept(sizeBytes);
      }
      int takenBytes = Math.min(sizeBytes, roomBytes); // there is room for any packet
      Pointer.memcpy(into, memory.position(connected.offset()), takenBytes);
      return takenBytes;
    } catch (RtspException e) {
      failure = InputFaults.onRead(e, shownUrl);
    } catch (RuntimeException | Error e) { // native code is beneath
      failure = new MediaException(Fault.INTERNAL, "reading " + shownUrl + ": " + e, e);
    }
    return FAILED;
  }

  @Override
  public boolean takesOver(Set<Integer> streams) {
    if (reader != null && reader.choose(streams)) {
      return true;
    }
    closeReader();
    return false;
  }

  @Override
  public @Nullable MediaPacket read() throws MediaException {
    if (reader == null || readingDeadline == null) {
      throw new IllegalStateException("read before open");
    }
    try {
      return reader.read(readingDeadline.dueNanos());
    } catch (RtspException e) {
      throw InputFaults.onRead(e, shownUrl);
    }
  }

  private void closeReader() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  @Override
  public Optional<MediaException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public void cancel() {
    RtspClient current = client;
    if (current != null) {
      current.cancel();
    }
  }

  @Override
  public void close(Duration goodBye) {
    RtspClient current = client;
    if (current != null) {
      current.close(goodBye);
    }
    closeReader();
    if (description != null) {
      description.close();
      description = null;
    }
    if (packets != null) {
      packets.close();
      packets = null;
    }
    if (memory != null) {
      av_free(memory.position(0));
      memory = null;
    }
  }
}
