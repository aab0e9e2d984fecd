package dev.livedub.media.rtsp;

import dev.livedub.media.rtsp.RtspException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Cuts requests and answers out of what has been received. */
final class MessageCutter {

  private static final int MAX_LINE_BYTES = 1_024;
  private static final int MAX_HEAD_BYTES = 16 * 1_024;
  private static final int MAX_BODY_BYTES = 48 * 1_024;

  /** The longest message there may be. */
  static final int MAX_BYTES = MAX_HEAD_BYTES + MAX_BODY_BYTES;

  private int sizeBytes;

  /**
   * The message that begins at {@code from}, if it is there as a whole.
   *
   * @throws RtspException as soon as it can be none, or is too long
   */
  @Nullable RtspMessage cut(ByteBuffer buffer, int from, int to) throws RtspException {
    int headEnd = headEnd(buffer, from, to);
    if (headEnd < 0) {
      refuseRubbish(buffer, from, to);
      return null;
    }
    byte[] head = bytes(buffer, from, headEnd - from);
    RtspMessage message = RtspMessage.parseHead(head);
    int bodyBytes = message.bodyBytes();
    if (head.length > MAX_HEAD_BYTES || bodyBytes > MAX_BODY_BYTES) {
      throw tooLong();
    }
    if (to - headEnd < bodyBytes) {
      return null;
    }
    sizeBytes = headEnd - from + bodyBytes;
    return message.withBody(bytes(buffer, headEnd, bodyBytes));
  }

  /** The length of the message that was cut last. */
  int sizeBytes() {
    return sizeBytes;
  }

  /** Where the empty line that ends the head ends; -1 if it is not there yet. */
  private static int headEnd(ByteBuffer buffer, int from, int to) {
    boolean emptyLine = false;
    for (int i = from; i < to; i++) {
      byte character = buffer.get(i);
      if (character == '\n') {
        if (emptyLine) {
          return i + 1;
        }
        emptyLine = true;
      } else if (character != '\r') {
        emptyLine = false;
      }
    }
    return -1;
  }

  /** Whether there still can come a message out of this. */
  private static void refuseRubbish(ByteBuffer buffer, int from, int to) throws RtspException {
    if (to - from > MAX_HEAD_BYTES) {
      throw tooLong();
    }
    int end = from;
    while (end < to && buffer.get(end) >= ' ') { // bytes from 0x80 on are negative: none of ours
      end++;
    }
    boolean whole = end < to && (buffer.get(end) == '\r' || buffer.get(end) == '\n');
    String line = new String(bytes(buffer, from, end - from), StandardCharsets.US_ASCII);
    boolean broken = whole ? !RtspMessage.looksLikeStart(line) : end < to;
    if (broken || line.length() > MAX_LINE_BYTES) {
      throw new RtspException(Reason.RUBBISH, "what came is not RTSP");
    }
  }

  private static RtspException tooLong() {
    return new RtspException(Reason.RUBBISH, "a message longer than any should be");
  }

  private static byte[] bytes(ByteBuffer buffer, int from, int count) {
    byte[] bytes = new byte[count];
    buffer.get(from, bytes);
    return bytes;
  }
}
