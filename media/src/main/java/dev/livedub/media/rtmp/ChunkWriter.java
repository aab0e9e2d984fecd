package dev.livedub.media.rtmp;

import dev.livedub.media.net.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts messages into chunks (Adobe's RTMP 1.0, 5.3) and gathers them, so that many go out in one
 * write.
 *
 * <p>A message is written in one go ({@link #message}) or begun and then filled, for payload that
 * comes in parts. What is gathered goes out when the buffer is full or by {@link #flush}.
 *
 * <p><b>Threading:</b> one thread.
 */
final class ChunkWriter {

  /** The chunk stream of protocol control messages (5.3.1.1, 5.4). The others are as we like. */
  static final int CONTROL = 2;

  static final int COMMANDS = 3;
  static final int SOUND = 4;
  static final int DATA = 5;
  static final int PICTURE = 6;
  static final int PUBLISHING = 8;

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int DEFAULT_CHUNK_BYTES = 128;
  private static final int CHUNK_STREAMS = PUBLISHING + 1;
  private static final long NONE_SENT = -1;
  private static final int MAX_HEADER_BYTES = 16;
  private static final int CONTINUATION = 3 << 6;
  private static final long EXTENDED = 0xFFFFFF;
  private static final long MASK_32 = 0xFFFFFFFFL;

  private final Link link;
  private final ByteBuffer out = ByteBuffer.allocate(BUFFER_BYTES);

  /** The timestamp that was last sent on each chunk stream. */
  private final long[] lastMillis = new long[CHUNK_STREAMS];

  private int chunkBytes = DEFAULT_CHUNK_BYTES;
  private int chunkStreamId;
  private int messageLeftBytes;
  private int chunkLeftBytes;
  private boolean extended;
  private long timestampMillis;

  ChunkWriter(Link link) {
    this.link = link;
    Arrays.fill(lastMillis, NONE_SENT);
  }

  /** Announces a chunk size and uses it from the next message on (5.4.1). */
  void chunkBytes(int newChunkBytes) throws IOException {
    control(MessageType.SET_CHUNK_SIZE, newChunkBytes);
    chunkBytes = newChunkBytes;
  }

  /** A control message whose payload is one number of 32 bits. */
  void control(int type, long number) throws IOException {
    message(CONTROL, type, 0, ByteBuffer.allocate(4).putInt((int) number).array());
  }

  /** A whole message without a place in time. */
  void message(int onChunkStream, int type, int streamId, byte[] payload) throws IOException {
    begin(onChunkStream, type, streamId, 0, payload.length);
    fill(ByteBuffer.wrap(payload));
  }

  /** Bytes that are no message: the handshake's. */
  void raw(byte[] bytes) throws IOException {
    makeRoom(bytes.length);
    out.put(bytes);
  }

  /**
   * Begins a message; as many bytes as announced have to be filled in before the next.
   *
   * @param atMillis 32 bits, which wrap
   */
  void begin(int onChunkStream, int type, int streamId, long atMillis, int sizeBytes)
      throws IOException {
    if (messageLeftBytes > 0) {
      throw new IllegalStateException("a message lacks " + messageLeftBytes + " bytes");
    }
    makeRoom(MAX_HEADER_BYTES);
    long last = lastMillis[onChunkStream];
    lastMillis[onChunkStream] = atMillis;
    long deltaMillis = last == NONE_SENT ? -1 : (int) (atMillis - last);
    // A type 0 header where there is nothing to refer to, time goes back, or a delta would be no
    // shorter: deltas are then never extended, and continuations repeat absolute times only.
    boolean whole = deltaMillis < 0 || deltaMillis >= EXTENDED || streamId == 0;
    long field = whole ? atMillis : deltaMillis;
    extended = field >= EXTENDED;
    timestampMillis = field;
    chunkStreamId = onChunkStream;
    out.put((byte) ((whole ? 0 : 1 << 6) | onChunkStream));
    put24(extended ? EXTENDED : field);
    put24(sizeBytes);
    out.put((byte) type);
    if (whole) {
      out.putInt(Integer.reverseBytes(streamId));
    }
    putExtension();
    messageLeftBytes = sizeBytes;
    chunkLeftBytes = Math.min(chunkBytes, sizeBytes);
  }

  private void put24(long number) {
    out.put((byte) (number >> 16)).put((byte) (number >> 8)).put((byte) number);
  }

  private void putExtension() {
    if (extended) {
      out.putInt((int) (timestampMillis & MASK_32));
    }
  }

  /** Fills the message that was begun; takes no more than it lacks. */
  void fill(ByteBuffer payload) throws IOException {
    while (payload.hasRemaining() && messageLeftBytes > 0) {
      if (chunkLeftBytes == 0) {
        makeRoom(MAX_HEADER_BYTES);
        out.put((byte) (CONTINUATION | chunkStreamId));
        putExtension();
        chunkLeftBytes = Math.min(chunkBytes, messageLeftBytes);
      }
      makeRoom(1);
      int partBytes = Math.min(Math.min(chunkLeftBytes, payload.remaining()), out.remaining());
      payload.get(out.array(), out.position(), partBytes);
      out.position(out.position() + partBytes);
      chunkLeftBytes -= partBytes;
      messageLeftBytes -= partBytes;
    }
  }

  /** Whether the message that was begun lacks something. */
  boolean isWithinMessage() {
    return messageLeftBytes > 0;
  }

  private void makeRoom(int sizeBytes) throws IOException {
    if (out.remaining() < sizeBytes) {
      flush();
    }
  }

  /** Hands over to the kernel what was gathered. */
  void flush() throws IOException {
    if (out.position() > 0) {
      out.flip();
      link.write(out);
      out.clear();
    }
  }
}
