package dev.livedub.media.rtmp;

import dev.livedub.media.net.Link;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server's side of one connection, step by step. Threading: the server's thread. */
public final class ScriptedPeer {

  static final int BLOCK_BYTES = 1536;

  private final Socket socket;
  private final DataInputStream in;
  private final ChunkReader chunks = new ChunkReader();
  private final ByteBuffer buffer = ByteBuffer.allocate(256 * 1024).flip();
  private final ChunkWriter out;

  ScriptedPeer(Socket socket) throws IOException {
    this.socket = socket;
    in = new DataInputStream(socket.getInputStream());
    out = new ChunkWriter(new SocketLink());
  }

  Socket socket() {
    return socket;
  }

  ChunkWriter out() {
    return out;
  }

  /** Reads C0 and C1. */
  byte[] greeting() throws IOException {
    return in.readNBytes(1 + BLOCK_BYTES);
  }

  void handshake() throws IOException {
    raw(3, greeting());
    in.readFully(new byte[BLOCK_BYTES]);
  }

  /** Sends S0, S1 and S2, both of them the client's block. */
  void raw(int version, byte[] greeting) throws IOException {
    ByteBuffer answer = ByteBuffer.allocate(1 + 2 * BLOCK_BYTES).put((byte) version);
    answer.put(greeting, 1, BLOCK_BYTES).put(greeting, 1, BLOCK_BYTES);
    socket.getOutputStream().write(answer.array());
  }

  /** The next message of any type; follows chunk sizes. */
  RtmpMessage message() throws IOException {
    while (true) {
      RtmpMessage message = chunks.next(buffer);
      if (message == null) {
        fill();
      } else if (message.type() == MessageType.SET_CHUNK_SIZE) {
        chunks.chunkBytes(message.number(0));
      } else {
        return message;
      }
    }
  }

  private void fill() throws IOException {
    buffer.compact();
    int readBytes = in.read(buffer.array(), buffer.position(), buffer.remaining());
    if (readBytes < 0) {
      throw new EOFException("the client has gone");
    }
    buffer.position(buffer.position() + readBytes).flip();
  }

  /** The next message of a type; others are passed over. */
  RtmpMessage message(int type) throws IOException {
    RtmpMessage message = message();
    while (message.type() != type) {
      message = message();
    }
    return message;
  }

  /** The payload of the next message of sound. */
  public byte[] sound() throws IOException {
    return message(MessageType.AUDIO).payload();
  }

  /** The values of the next message of data. */
  public List<@Nullable Object> data() throws IOException {
    return Amf0Reader.decode(message(MessageType.DATA).payload());
  }

  /** The next command, which has to be that one. */
  List<@Nullable Object> command(String name) throws IOException {
    List<@Nullable Object> values = Amf0Reader.decode(message(MessageType.COMMAND).payload());
    if (!name.equals(values.get(0))) {
      throw new IllegalStateException("expected " + name + ", not " + values);
    }
    return values;
  }

  /** Answers a command. */
  void say(String name, List<@Nullable Object> to, @Nullable Object... values) throws IOException {
    @Nullable Object[] all = new @Nullable Object[values.length + 2];
    all[0] = name;
    all[1] = to.get(1);
    System.arraycopy(values, 0, all, 2, values.length);
    out.message(ChunkWriter.COMMANDS, MessageType.COMMAND, 0, Amf0Writer.encode(all));
    out.flush();
  }

  public void status(String level, String code, String description) throws IOException {
    say(
        "onStatus",
        List.of("", 0),
        null,
        Map.of("level", level, "code", code, "description", description));
  }

  /** Handshake and connect. */
  List<@Nullable Object> connected() throws IOException {
    handshake();
    List<@Nullable Object> connect = command("connect");
    say("_result", connect, Map.of("fmsVer", "x"), Map.of("code", "NetConnection.Connect.Success"));
    return connect;
  }

  /** Everything up to publish, which is not answered. */
  public List<@Nullable Object> asked() throws IOException {
    connected();
    say("_error", command("releaseStream"), null, Map.of("level", "error", "code", "x"));
    command("FCPublish");
    say("_result", command("createStream"), null, 7);
    return command("publish");
  }

  /** Everything up to the stream's start. */
  public void granted() throws IOException {
    asked();
    status("status", "NetStream.Publish.Start", "go on");
  }

  /** The end of a publisher in good order. */
  public void bidFarewell() throws IOException {
    command("FCUnpublish");
    List<@Nullable Object> delete = command("deleteStream");
    if (!Double.valueOf(7).equals(delete.get(3)) || in.read() >= 0) {
      throw new IllegalStateException("no orderly end: " + delete);
    }
  }

  private final class SocketLink implements Link {

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      socket.getOutputStream().write(bytes.array(), bytes.position(), bytes.remaining());
      bytes.position(bytes.limit());
    }

    @Override
    public int read(ByteBuffer target, boolean waits) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void endOutput() {}

    @Override
    public void reset() {}

    @Override
    public void close() {}
  }
}
