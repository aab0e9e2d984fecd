package dev.livedub.media.rtmp;

import dev.livedub.media.net.Link;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hears what the server says. Answers what belongs to the protocol (Adobe's RTMP 1.0, 5.4, 7.1.7)
 * and hands on its commands.
 *
 * <p><b>Threading:</b> one thread, the one that writes.
 */
final class ServerMessages {

  private static final int BUFFER_BYTES = 4096;
  private static final int PING_REQUEST = 6;
  private static final int PING_RESPONSE = 7;

  private final Link link;
  private final ChunkWriter out;
  private final ChunkReader chunks = new ChunkReader();
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES).flip();
  private long windowBytes = Long.MAX_VALUE;
  private long receivedBytes;
  private long acknowledgedBytes;

  ServerMessages(Link link, ChunkWriter out) {
    this.link = link;
    this.out = out;
  }

  /** Waits for the next command: its name, its transaction, and more. */
  List<@Nullable Object> await() throws IOException {
    List<@Nullable Object> command = next(true);
    if (command == null) {
      throw new IllegalStateException("the server's silence was not waited out");
    }
    return command;
  }

  /** The next command that has come already; null if none has. */
  @Nullable List<@Nullable Object> poll() throws IOException {
    return next(false);
  }

  private @Nullable List<@Nullable Object> next(boolean waits) throws IOException {
    while (true) {
      RtmpMessage message = chunks.next(in);
      if (message != null) {
        List<@Nullable Object> command = take(message);
        if (command != null) {
          return command;
        }
      } else if (!readMore(waits)) {
        return null;
      }
    }
  }

  private boolean readMore(boolean waits) throws IOException {
    in.compact();
    int readBytes;
    try {
      readBytes = link.read(in, waits);
    } finally {
      in.flip();
    }
    if (readBytes < 0) {
      throw new EOFException("the server ended the connection");
    }
    receivedBytes += readBytes;
    if (receivedBytes - acknowledgedBytes >= windowBytes) {
      acknowledgedBytes = receivedBytes;
      out.control(MessageType.ACKNOWLEDGEMENT, receivedBytes);
    }
    return readBytes > 0;
  }

  private @Nullable List<@Nullable Object> take(RtmpMessage message) throws IOException {
    switch (message.type()) {
      case MessageType.SET_CHUNK_SIZE -> chunks.chunkBytes(message.number(0));
      case MessageType.ABORT -> chunks.abort(message.number(0));
      case MessageType.WINDOW_SIZE -> windowBytes = Math.max(1, message.number(0));
      case MessageType.USER_CONTROL -> userControl(message.payload());
      case MessageType.COMMAND -> {
        return Amf0Reader.decode(message.payload());
      }
      case MessageType.COMMAND_AMF3 -> { // AMF0 behind a byte that says so
        byte[] payload = message.payload();
        return Amf0Reader.decode(Arrays.copyOfRange(payload, 1, Math.max(1, payload.length)));
      }
      default -> {
        // Acknowledgements, bandwidths, and what a publisher has no use for.
      }
    }
    return null;
  }

  private void userControl(byte[] payload) throws IOException {
    if (payload.length >= 6 && payload[0] == 0 && payload[1] == PING_REQUEST) {
      byte[] answer = payload.clone();
      answer[1] = PING_RESPONSE;
      out.message(ChunkWriter.CONTROL, MessageType.USER_CONTROL, 0, answer);
    }
  }
}
