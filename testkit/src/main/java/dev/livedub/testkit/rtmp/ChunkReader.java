package dev.livedub.testkit.rtmp;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages together from chunks (Adobe's RTMP specification 1.0, 5.3).
 *
 * <p>Knows all four header types, all three lengths of chunk stream numbers, and extended
 * timestamps, which continuation chunks repeat. Threading: one thread.
 */
final class ChunkReader {

  private static final int DEFAULT_CHUNK_BYTES = 128;
  private static final int MAX_CHUNK_BYTES = 0xFFFFFF;
  private static final int MAX_CHUNK_STREAMS = 64;
  private static final long EXTENDED = 0xFFFFFF;
  private static final long MASK_32 = 0xFFFFFFFFL;

  private final RtmpInput in;
  private final Map<Integer, ChunkStream> streams = new HashMap<>();
  private int chunkBytes = DEFAULT_CHUNK_BYTES;

  /** What later headers of the same chunk stream leave out. */
  private static final class ChunkStream {
    private boolean begun;
    private boolean extended;
    private long deltaMillis;
    private long timestampMillis;
    private int sizeBytes;
    private int type;
    private int streamId;
    private byte[] payload = new byte[0];
    private int filledBytes;

    private boolean isWithinMessage() {
      return filledBytes > 0;
    }
  }

  ChunkReader(RtmpInput in) {
    this.in = in;
  }

  /** The next whole message; null at the end of the stream. */
  @Nullable RtmpMessage next() throws IOException {
    while (!in.atEnd()) {
      int first = in.readByte();
      ChunkStream stream = stream(chunkStreamId(first & 0x3F));
      readHeader(stream, first >> 6);
      RtmpMessage message = readPayload(stream);
      if (message != null) {
        return message;
      }
    }
    return null;
  }

  /** Follows the peer's Set Chunk Size. */
  void chunkBytes(long newChunkBytes) throws ProtocolException {
    if (newChunkBytes < 1 || newChunkBytes > Integer.MAX_VALUE) {
      throw new ProtocolException("chunk size " + newChunkBytes);
    }
    chunkBytes = (int) Math.min(newChunkBytes, MAX_CHUNK_BYTES);
  }

  /** Forgets a message of which only a part came. */
  void abort(long chunkStreamId) {
    ChunkStream stream = streams.get((int) chunkStreamId);
    if (stream != null) {
      stream.filledBytes = 0;
    }
  }

  private int chunkStreamId(int low) throws IOException {
    return switch (low) {
      case 0 -> 64 + in.readByte();
      case 1 -> 64 + in.readByte() + 256 * in.readByte();
      default -> low;
    };
  }

  private ChunkStream stream(int id) throws ProtocolException {
    ChunkStream stream = streams.computeIfAbsent(id, fresh -> new ChunkStream());
    if (streams.size() > MAX_CHUNK_STREAMS) {
      throw new ProtocolException("more than " + MAX_CHUNK_STREAMS + " chunk streams");
    }
    return stream;
  }

  private void readHeader(ChunkStream stream, int format) throws IOException {
    if (format != 0 && !stream.begun) {
      throw new ProtocolException("chunk stream begins with header type " + format);
    }
    boolean continues = stream.isWithinMessage();
    if (continues && format != 3) {
      // The specification does not provide for it; peers that do it mean a new message.
      stream.filledBytes = 0;
      continues = false;
    }
    long field = format < 3 ? in.readNumber(3) : 0;
    if (format < 2) {
      stream.sizeBytes = (int) in.readNumber(3);
      stream.type = in.readByte();
    }
    if (format == 0) {
      stream.streamId = (int) in.readLittleEndian();
    }
    if (format < 3) {
      stream.extended = field == EXTENDED;
    }
    long time = stream.extended ? in.readNumber(4) : field;
    if (!continues) {
      begin(stream, format, time);
    }
  }

  private static void begin(ChunkStream stream, int format, long time) {
    if (format < 3 || stream.extended) {
      stream.deltaMillis = time;
    }
    stream.timestampMillis =
        format == 0 ? time : (stream.timestampMillis + stream.deltaMillis) & MASK_32;
    stream.begun = true;
    stream.payload = new byte[stream.sizeBytes];
    stream.filledBytes = 0;
  }

  private @Nullable RtmpMessage readPayload(ChunkStream stream) throws IOException {
    int partBytes = Math.min(chunkBytes, stream.sizeBytes - stream.filledBytes);
    in.readFully(stream.payload, stream.filledBytes, partBytes);
    stream.filledBytes += partBytes;
    if (stream.filledBytes < stream.sizeBytes) {
      return null;
    }
    stream.filledBytes = 0;
    return new RtmpMessage(stream.type, stream.streamId, stream.timestampMillis, stream.payload);
  }
}
