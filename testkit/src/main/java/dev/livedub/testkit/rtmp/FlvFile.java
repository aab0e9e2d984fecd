package dev.livedub.testkit.rtmp;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes tags to an FLV file (Adobe's specification 10.1, annex E).
 *
 * <p>Which kinds of tag there are is known, and set in the file's head, only at the end.
 *
 * <p>Threading: one thread. Ownership: owns the open file.
 */
final class FlvFile implements AutoCloseable {

  private static final byte[] HEAD = {'F', 'L', 'V', 1, 5, 0, 0, 0, 9, 0, 0, 0, 0};
  private static final int FLAGS_OFFSET = 4;
  private static final int TAG_HEAD_BYTES = 11;

  private final Path path;
  private final long maxBytes;
  private final OutputStream out;
  private long writtenBytes = HEAD.length;
  private int flags;
  private boolean closed;

  FlvFile(Path path, long maxBytes) throws IOException {
    this.path = path;
    this.maxBytes = maxBytes;
    out = new BufferedOutputStream(Files.newOutputStream(path), 64 * 1024);
    out.write(HEAD);
  }

  /** Appends a tag; nothing once the file is as large as it may be. */
  void write(int type, long timestampMillis, byte[] body, int offset) throws IOException {
    int bodyBytes = body.length - offset;
    int tagBytes = TAG_HEAD_BYTES + bodyBytes;
    if (closed || writtenBytes + tagBytes + 4 > maxBytes) {
      return;
    }
    int time = (int) timestampMillis;
    ByteBuffer head = ByteBuffer.allocate(TAG_HEAD_BYTES);
    head.putInt(type << 24 | bodyBytes);
    head.putInt((time & 0xFFFFFF) << 8 | time >>> 24);
    out.write(head.array());
    out.write(body, offset, bodyBytes);
    out.write(ByteBuffer.allocate(4).putInt(tagBytes).array());
    writtenBytes += tagBytes + 4;
    flags |= type == RtmpMessage.AUDIO ? 4 : type == RtmpMessage.VIDEO ? 1 : 0;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    out.close();
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(FLAGS_OFFSET);
      file.write(flags);
    }
  }
}
