package dev.livedub.media.rtmp;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Turns an FLV stream (Adobe's FLV specification 10.1, annex E), in whatever parts it comes, into
 * the messages of a published stream.
 *
 * <p><b>Threading:</b> one thread.
 */
final class FlvTags {

  /** The file's header and the first back pointer (E.2, E.3). */
  private static final int FILE_HEADER_BYTES = 9 + 4;

  private static final int TAG_HEADER_BYTES = 11;
  private static final int BACK_POINTER_BYTES = 4;
  private static final int TYPE_MASK = 0x1F;

  /** FFmpeg's FLV times have 31 bits, RTMP's 32. */
  private static final long WRAP_MILLIS = 1L << 31;

  private static final long MASK_32 = 0xFFFFFFFFL;

  /** Tells servers to keep the metadata for those who join later. */
  private static final byte[] SET_DATA_FRAME = Amf0Writer.encode("@setDataFrame");

  private final ChunkWriter out;
  private final int streamId;
  private final ByteBuffer head = ByteBuffer.allocate(TAG_HEADER_BYTES);
  private int skipBytes = FILE_HEADER_BYTES;
  private int bodyLeftBytes;
  private long tagMillis;
  private long wrappedMillis;

  FlvTags(ChunkWriter out, int streamId) {
    this.out = out;
    this.streamId = streamId;
  }

  /** Takes the next bytes of the stream, all of them. */
  void take(ByteBuffer flv) throws IOException {
    int end = flv.limit();
    while (flv.position() < end) {
      int leftBytes = end - flv.position();
      if (skipBytes > 0) {
        int partBytes = Math.min(skipBytes, leftBytes);
        flv.position(flv.position() + partBytes);
        skipBytes -= partBytes;
      } else if (bodyLeftBytes > 0) {
        int partBytes = Math.min(bodyLeftBytes, leftBytes);
        out.fill(flv.limit(flv.position() + partBytes));
        flv.limit(end);
        bodyLeftBytes -= partBytes;
        skipBytes = bodyLeftBytes == 0 ? BACK_POINTER_BYTES : 0;
      } else {
        head.put(flv.get());
        if (!head.hasRemaining()) {
          begin();
        }
      }
    }
  }

  private void begin() throws IOException {
    int type = head.get(0) & TYPE_MASK;
    bodyLeftBytes = head.getInt(0) & 0xFFFFFF;
    skipBytes = bodyLeftBytes == 0 ? BACK_POINTER_BYTES : 0;
    long atMillis = unwrap((head.get(7) & 0x7FL) << 24 | head.getInt(4) >>> 8);
    head.clear();
    if (type == MessageType.DATA) {
      int sizeBytes = SET_DATA_FRAME.length + bodyLeftBytes;
      out.begin(ChunkWriter.DATA, type, streamId, atMillis, sizeBytes);
      out.fill(ByteBuffer.wrap(SET_DATA_FRAME));
    } else {
      int chunkStream = type == MessageType.VIDEO ? ChunkWriter.PICTURE : ChunkWriter.SOUND;
      out.begin(chunkStream, type, streamId, atMillis, bodyLeftBytes);
    }
  }

  /** A step back by more than half of what 31 bits hold is none: the tags' clock has wrapped. */
  private long unwrap(long nextTagMillis) {
    long stepMillis = nextTagMillis - tagMillis;
    if (stepMillis < -WRAP_MILLIS / 2) {
      wrappedMillis += WRAP_MILLIS;
    } else if (stepMillis > WRAP_MILLIS / 2 && wrappedMillis > 0) {
      wrappedMillis -= WRAP_MILLIS; // sound and picture meet at the wrap
    }
    tagMillis = nextTagMillis;
    return (wrappedMillis + tagMillis) & MASK_32;
  }
}
