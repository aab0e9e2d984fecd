package dev.livedub.media.rtsp;

import dev.livedub.media.rtsp.RtspException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What goes over the connection: messages, and between them frames of RTP and RTCP packets (RFC
 * 2326, 10.12). One read takes whatever has come, be it many frames.
 *
 * <p><b>Threading:</b> one owner. <b>Ownership:</b> borrows stream and buffer; a frame lies in the
 * buffer until the next call of {@link #next}.
 */
final class Wire {

  /** What one call of {@link Wire#next} found. */
  enum Unit {
    FRAME,
    MESSAGE,
    END
  }

  /** Told before each read that will probably have to wait. */
  @FunctionalInterface
  interface Waiting {
    /** So many bytes have come since the last time. */
    void beforeWaiting(int comeBytes);
  }

  private static final byte MAGIC = '$';
  private static final int FRAME_HEAD_BYTES = 4;
  private static final int MAX_FRAME_BYTES = FRAME_HEAD_BYTES + 0xFFFF;

  /** Room there must be in a buffer for two units of the greatest size, a half one and a whole. */
  static final int BUFFER_BYTES = 2 * Math.max(MAX_FRAME_BYTES, MessageCutter.MAX_BYTES);

  private final ByteStream stream;
  private final ByteBuffer buffer;
  private final int begin;
  private final Waiting waiting;
  private final MessageCutter cutter = new MessageCutter();
  private int readAt;
  private int writtenAt;
  private boolean drained;
  private int comeBytes;
  private int frameOffset;
  private int frameBytes;
  private int channel;
  private @Nullable RtspMessage message;

  /**
   * A wire.
   *
   * @param begin where in the buffer to begin; at least {@link #BUFFER_BYTES} must follow
   */
  Wire(ByteStream stream, ByteBuffer buffer, int begin, Waiting waiting) {
    this.stream = stream;
    this.buffer = buffer;
    this.begin = begin;
    this.waiting = waiting;
    readAt = begin;
    writtenAt = begin;
  }

  /** Reads on to the next message or frame, or to the end. */
  Unit next(long dueNanos) throws IOException, RtspException {
    while (true) {
      skipEmptyLines();
      if (readAt < writtenAt && (cutFrame() || cutMessage())) {
        return message == null ? Unit.FRAME : Unit.MESSAGE;
      }
      if (fill(dueNanos) < 0) {
        return Unit.END;
      }
    }
  }

  /** A line's end before a message means nothing. */
  private void skipEmptyLines() {
    while (readAt < writtenAt && (buffer.get(readAt) == '\r' || buffer.get(readAt) == '\n')) {
      readAt++;
    }
  }

  private boolean cutFrame() {
    if (buffer.get(readAt) != MAGIC || writtenAt - readAt < FRAME_HEAD_BYTES) {
      return false;
    }
    int sizeBytes = buffer.getShort(readAt + 2) & 0xFFFF;
    if (writtenAt - readAt < FRAME_HEAD_BYTES + sizeBytes) {
      return false;
    }
    channel = buffer.get(readAt + 1) & 0xFF;
    frameOffset = readAt + FRAME_HEAD_BYTES;
    frameBytes = sizeBytes;
    readAt += FRAME_HEAD_BYTES + sizeBytes;
    message = null;
    return true;
  }

  private boolean cutMessage() throws RtspException {
    if (buffer.get(readAt) == MAGIC) {
      return false;
    }
    RtspMessage cut = cutter.cut(buffer, readAt, writtenAt);
    if (cut == null) {
      return false;
    }
    readAt += cutter.sizeBytes();
    message = cut;
    return true;
  }

  private int fill(long dueNanos) throws IOException, RtspException {
    if (System.nanoTime() - dueNanos >= 0) {
      throw new RtspException(Reason.OUT_OF_TIME, "nothing came in time");
    }
    if (drained) {
      waiting.beforeWaiting(comeBytes);
      comeBytes = 0;
    }
    makeRoom();
    buffer.limit(begin + BUFFER_BYTES).position(writtenAt);
    int sizeBytes = stream.read(buffer, dueNanos);
    drained = buffer.hasRemaining();
    buffer.clear();
    writtenAt += Math.max(0, sizeBytes);
    comeBytes += Math.max(0, sizeBytes);
    return sizeBytes;
  }

  /** What is left goes to the beginning: nothing in most cases, else part of a unit. */
  private void makeRoom() {
    int leftBytes = writtenAt - readAt;
    boolean roomForOne = begin + BUFFER_BYTES - readAt >= BUFFER_BYTES / 2;
    if (leftBytes > 0 && roomForOne) {
      return;
    }
    buffer.put(begin, buffer, readAt, leftBytes);
    readAt = begin;
    writtenAt = begin + leftBytes;
  }

  /** Sends a message or a frame. */
  void write(byte[] bytes, long dueNanos) throws IOException, RtspException {
    stream.write(ByteBuffer.wrap(bytes), dueNanos);
  }

  /** Where in the buffer the last frame's packet lies. */
  int frameOffset() {
    return frameOffset;
  }

  /** The length of the last frame's packet. */
  int frameBytes() {
    return frameBytes;
  }

  /** The channel of the last frame. */
  int channel() {
    return channel;
  }

  /** The last message. */
  RtspMessage message() {
    if (message == null) {
      throw new IllegalStateException("no message was read");
    }
    return message;
  }
}
