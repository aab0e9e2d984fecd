package dev.livedub.gemini.transport;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A WebSocket server on this machine that plays one script per connection, down to the octet.
 *
 * <p><b>Threading:</b> scripts run on threads of their own; what they throw fails {@link #close}.
 */
final class WirePeer implements AutoCloseable {

  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;

  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int DEADLINE_MILLIS = 20_000;

  /** What the server does with a connection. */
  @FunctionalInterface
  interface Script {
    void play(Line line) throws IOException;
  }

  /** A whole message or control frame of the client's. */
  @SuppressWarnings("ArrayRecordComponent") // read by tests, never compared
  record Frame(int opcode, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    int closeCode() {
      return (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
    }
  }

  private final ServerSocket server;
  private final Script script;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private volatile boolean closing;

  WirePeer(Script script) throws IOException {
    this.script = script;
    server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    daemon("wire-peer-accept", this::accept);
  }

  String url() {
    return "ws://127.0.0.1:" + server.getLocalPort() + "/live";
  }

  @Override
  public void close() throws IOException {
    closing = true;
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("a script failed", failures.get(0));
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setSoTimeout(DEADLINE_MILLIS);
        sockets.add(socket);
        daemon("wire-peer", () -> play(socket));
      } catch (IOException e) {
        note(e);
      }
    }
  }

  private void play(Socket socket) {
    try {
      script.play(new Line(socket));
    } catch (IOException | RuntimeException | AssertionError e) {
      note(e);
    }
  }

  private void note(Throwable failure) {
    if (!closing) {
      failures.add(failure);
    }
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** The server's end of a connection. */
  static final class Line {
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private String request = "";

    private Line(Socket socket) throws IOException {
      this.socket = socket;
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      out = socket.getOutputStream();
    }

    /** Answers the upgrade and returns the request. */
    String upgrade() throws IOException {
      String key = header("sec-websocket-key");
      answer(
          "101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Accept: "
              + accept(key));
      return request;
    }

    /** Answers the upgrade with something else. */
    void refuse(String statusAndHeaders, String body) throws IOException {
      header("sec-websocket-key");
      answer(statusAndHeaders + "\r\nContent-Length: " + body.length());
      out.write(body.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    void send(int opcode, byte[] payload) throws IOException {
      out.write(0x80 | opcode);
      if (payload.length < 126) {
        out.write(payload.length);
      } else if (payload.length < 65_536) {
        out.write(new byte[] {126, (byte) (payload.length >> 8), (byte) payload.length});
      } else {
        out.write(127);
        out.write(new byte[4]);
        for (int shift = 24; shift >= 0; shift -= 8) {
          out.write(payload.length >> shift);
        }
      }
      out.write(payload);
      out.flush();
    }

    void send(int opcode, String text) throws IOException {
      send(opcode, text.getBytes(StandardCharsets.UTF_8));
    }

    void sendClose(int code, String reason) throws IOException {
      byte[] words = reason.getBytes(StandardCharsets.UTF_8);
      byte[] payload = new byte[2 + words.length];
      payload[0] = (byte) (code >> 8);
      payload[1] = (byte) code;
      System.arraycopy(words, 0, payload, 2, words.length);
      send(CLOSE, payload);
    }

    Frame read() throws IOException {
      int opcode = in.readUnsignedByte() & 0x0f;
      long length = in.readUnsignedByte() & 0x7f;
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = in.readLong();
      }
      byte[] mask = in.readNBytes(4);
      byte[] payload = in.readNBytes((int) length);
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= mask[i % 4];
      }
      return new Frame(opcode, payload);
    }

    /** Reads to the end of the stream and returns what was left. */
    byte[] readToEnd() throws IOException {
      return in.readAllBytes();
    }

    /** Ends the connection by a reset. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Ends the stream to the client without a close frame. */
    void finish() throws IOException {
      socket.shutdownOutput();
    }

    private void answer(String head) throws IOException {
      out.write(("HTTP/1.1 " + head + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    private String header(String name) throws IOException {
      StringBuilder text = new StringBuilder();
      while (text.indexOf("\r\n\r\n") < 0) {
        text.append((char) in.readUnsignedByte());
      }
      request = text.toString();
      return request
          .lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }

    private static String accept(String key) {
      try {
        byte[] digest =
            MessageDigest.getInstance("SHA-1")
                .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
        return Base64.getEncoder().encodeToString(digest);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
