package dev.livedub.testkit.rtsp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests and interleaved packets from one connection.
 *
 * <p>It has its own buffer so that it can tell, without a system call, whether another whole packet
 * is at hand: packets that came together go on together. Threading: one thread.
 */
final class RtspInput {

  private static final int BUFFER_BYTES = 128 * 1024;
  private static final int MAX_LINE_BYTES = 8 * 1024;
  private static final int MAX_HEADERS = 64;
  private static final int MAX_BODY_BYTES = 64 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;

  RtspInput(InputStream in) {
    this.in = in;
  }

  /**
   * The next request or packet; null at the end of the stream.
   *
   * @throws ProtocolException if it is neither
   */
  @Nullable Inbound next() throws IOException {
    int first;
    do {
      if (position == limit && !fill()) {
        return null;
      }
      first = buffer[position];
      // Empty lines between messages are allowed (RFC 2326, 4.1).
      if (first == '\r' || first == '\n') {
        position++;
      }
    } while (first == '\r' || first == '\n');
    return first == InterleavedFrame.MAGIC ? readFrame() : readRequest();
  }

  /** Whether {@link #next} would return a packet without reading from the connection. */
  boolean frameBuffered() {
    return limit - position >= InterleavedFrame.HEADER_BYTES
        && buffer[position] == InterleavedFrame.MAGIC
        && limit - position >= InterleavedFrame.HEADER_BYTES + sizeAt(position + 2);
  }

  private InterleavedFrame readFrame() throws IOException {
    byte[] header = readFully(InterleavedFrame.HEADER_BYTES);
    int packetBytes = (header[2] & 0xFF) << 8 | header[3] & 0xFF;
    byte[] bytes = new byte[InterleavedFrame.HEADER_BYTES + packetBytes];
    System.arraycopy(header, 0, bytes, 0, header.length);
    readInto(bytes, header.length);
    return new InterleavedFrame(bytes);
  }

  private RtspRequest readRequest() throws IOException {
    String[] start = readLine().split(" ", 3);
    if (start.length != 3 || !start[2].startsWith("RTSP/1.")) {
      throw new ProtocolException("not an RTSP request line");
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      if (colon <= 0 || headers.size() == MAX_HEADERS) {
        throw new ProtocolException("bad header line or too many of them");
      }
      headers.put(
          line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).trim());
    }
    return new RtspRequest(start[0], start[1], headers, readFully(bodyBytes(headers)));
  }

  private static int bodyBytes(Map<String, String> headers) throws ProtocolException {
    String text = headers.getOrDefault("content-length", "0");
    try {
      int bodyBytes = Integer.parseInt(text);
      if (bodyBytes >= 0 && bodyBytes <= MAX_BODY_BYTES) {
        return bodyBytes;
      }
    } catch (NumberFormatException e) {
      throw (ProtocolException) new ProtocolException("Content-Length: " + text).initCause(e);
    }
    throw new ProtocolException("Content-Length: " + text);
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder(80);
    for (int c = readByte(); c != '\n'; c = readByte()) {
      if (line.length() == MAX_LINE_BYTES) {
        throw new ProtocolException("line of more than " + MAX_LINE_BYTES + " bytes");
      }
      line.append((char) c);
    }
    int end = line.length();
    if (end > 0 && line.charAt(end - 1) == '\r') {
      line.setLength(end - 1);
    }
    return new String(
        line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private int readByte() throws IOException {
    if (position == limit && !fill()) {
      throw new EOFException("within a message");
    }
    return buffer[position++] & 0xFF;
  }

  private byte[] readFully(int sizeBytes) throws IOException {
    byte[] bytes = new byte[sizeBytes];
    readInto(bytes, 0);
    return bytes;
  }

  private void readInto(byte[] bytes, int from) throws IOException {
    int at = from;
    while (at < bytes.length) {
      if (position == limit && !fill()) {
        throw new EOFException("within a message");
      }
      int chunkBytes = Math.min(limit - position, bytes.length - at);
      System.arraycopy(buffer, position, bytes, at, chunkBytes);
      position += chunkBytes;
      at += chunkBytes;
    }
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = 0;
    int readBytes = in.read(buffer, 0, buffer.length);
    limit = Math.max(readBytes, 0);
    return readBytes > 0;
  }

  private int sizeAt(int index) {
    return (buffer[index] & 0xFF) << 8 | buffer[index + 1] & 0xFF;
  }
}
