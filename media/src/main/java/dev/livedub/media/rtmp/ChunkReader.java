package dev.livedub.media.rtmp;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the server's messages together from chunks (Adobe's RTMP 1.0, 5.3), however the bytes come
 * in.
 *
 * <p><b>Threading:</b> one thread.
 */
final class ChunkReader {

  private static final int DEFAULT_CHUNK_BYTES = 128;
  private static final int MAX_CHUNK_STREAMS = 64;

  /** What a server says to a publisher takes a few hundred bytes. */
  private static final int MAX_MESSAGE_BYTES = 1 << 18;

  private static final int EXTENDED = 0xFFFFFF;

  private final Map<Integer, ChunkStream> streams = new HashMap<>();
  private int chunkBytes = DEFAULT_CHUNK_BYTES;
  private @Nullable ChunkStream current;
  private int chunkLeftBytes;

  /** What later headers of the same chunk stream leave out. */
  private static final class ChunkStream {
    private boolean begun;
    private boolean extended;
    private int sizeBytes;
    private int type;
    private byte[] payload = new byte[0];
    private int filledBytes;
  }

  /**
   * Consumes bytes up to the end of the next message.
   *
   * @return null once all that is left is less than a message; feed it again with more
   */
  @Nullable RtmpMessage next(ByteBuffer in) throws ProtocolException {
    while (current != null || beginChunk(in)) {
      RtmpMessage message = readPayload(in);
      if (message != null || current != null) {
        return message;
      }
    }
    return null;
  }

  /** Follows the server's Set Chunk Size (5.4.1). */
  void chunkBytes(long newChunkBytes) throws ProtocolException {
    if (newChunkBytes < 1 || newChunkBytes > Integer.MAX_VALUE) {
      throw new ProtocolException("chunk size " + newChunkBytes);
    }
    chunkBytes = (int) newChunkBytes;
  }

  /** Forgets a message of which only a part came (5.4.2). */
  void abort(long chunkStreamId) {
    ChunkStream stream = streams.get((int) chunkStreamId);
    if (stream != null) {
      stream.filledBytes = 0;
    }
  }

  /** Reads a chunk's header (5.3.1); false, and nothing consumed, if it is not whole yet. */
  private boolean beginChunk(ByteBuffer in) throws ProtocolException {
    int from = in.position();
    if (!in.hasRemaining()) {
      return false;
    }
    int first = in.get() & 0xFF;
    int format = first >> 6;
    int idBytes =
        switch (first & 0x3F) {
          case 0 -> 1;
          case 1 -> 2;
          default -> 0;
        };
    boolean whole = in.remaining() >= idBytes + headerBytes(format);
    ChunkStream stream = whole ? stream(chunkStreamId(in, first & 0x3F)) : null;
    if (stream == null || !hasExtension(in, stream, format)) {
      in.position(from);
      return false;
    }
    readHeader(in, stream, format);
    chunkLeftBytes = Math.min(chunkBytes, stream.sizeBytes - stream.filledBytes);
    current = stream;
    return true;
  }

  private static int headerBytes(int format) {
    return switch (format) {
      case 0 -> 11;
      case 1 -> 7;
      case 2 -> 3;
      default -> 0;
    };
  }

  private static int chunkStreamId(ByteBuffer in, int low) {
    return switch (low) {
      case 0 -> 64 + (in.get() & 0xFF);
      case 1 -> 64 + (in.get() & 0xFF) + 256 * (in.get() & 0xFF);
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

  /** Whether the extended timestamp (5.3.1.3), if there is to be one, is there already. */
  private static boolean hasExtension(ByteBuffer in, ChunkStream stream, int format) {
    boolean extended = format == 3 ? stream.extended : number24(in, in.position()) == EXTENDED;
    return in.remaining() >= headerBytes(format) + (extended ? 4 : 0);
  }

  private static void readHeader(ByteBuffer in, ChunkStream stream, int format)
      throws ProtocolException {
    if (format != 0 && !stream.begun) {
      throw new ProtocolException("a chunk stream begins with header type " + format);
    }
    if (format < 3) {
      stream.filledBytes = 0; // whoever begins anew within a message has given that message up
      stream.extended = take24(in) == EXTENDED;
    }
    if (format < 2) {
      stream.sizeBytes = take24(in);
      stream.type = in.get() & 0xFF;
    }
    if (format == 0) {
      in.getInt(); // the message stream: there is but one
    }
    if (stream.extended) {
      in.getInt();
    }
    if (stream.sizeBytes > MAX_MESSAGE_BYTES) {
      throw new ProtocolException("a message of " + stream.sizeBytes + " bytes");
    }
    if (stream.filledBytes == 0) {
      stream.begun = true;
      stream.payload = new byte[stream.sizeBytes];
    }
  }

  private @Nullable RtmpMessage readPayload(ByteBuffer in) {
    ChunkStream stream = current;
    if (stream == null) {
      return null;
    }
    int partBytes = Math.min(chunkLeftBytes, in.remaining());
    in.get(stream.payload, stream.filledBytes, partBytes);
    stream.filledBytes += partBytes;
    chunkLeftBytes -= partBytes;
    if (chunkLeftBytes > 0) {
      return null;
    }
    current = null;
    if (stream.filledBytes < stream.sizeBytes) {
      return null;
    }
    stream.filledBytes = 0;
    return new RtmpMessage(stream.type, stream.payload);
  }

  private static int take24(ByteBuffer in) {
    int number = number24(in, in.position());
    in.position(in.position() + 3);
    return number;
  }

  private static int number24(ByteBuffer in, int at) {
    return (in.get(at) & 0xFF) << 16 | (in.get(at + 1) & 0xFF) << 8 | in.get(at + 2) & 0xFF;
  }
}
