package dev.livedub.media.rtsp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * An RTSP server on loopback that does what a test tells it, one script per connection, in order.
 */
public final class ScriptedServer implements AutoCloseable {

  private static final long LIMIT_SECONDS = 30;

  private final ServerSocket listener;
  private final List<CompletableFuture<Void>> served = new ArrayList<>();

  /** What happens on one connection; the connection ends in good order when it returns. */
  public interface Script {
    /** Serves. */
    void serve(Peer peer) throws IOException;
  }

  /** A request that came. */
  public record Request(String method, String uri, String text) {
    /** A header's value; empty if it is absent. */
    public String header(String name) {
      return text.lines()
          .filter(
              line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  private ScriptedServer(ServerSocket listener) {
    this.listener = listener;
  }

  /** Listens. */
  public static ScriptedServer start(Script... scripts) throws IOException {
    return on(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), scripts);
  }

  static ScriptedServer on(ServerSocket listener, Script... scripts) {
    ScriptedServer server = new ScriptedServer(listener);
    for (int i = 0; i < scripts.length; i++) {
      server.served.add(new CompletableFuture<>());
    }
    Thread thread = new Thread(() -> server.serve(scripts), "scripted-rtsp");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private void serve(Script... scripts) {
    for (int i = 0; i < scripts.length; i++) {
      try (Socket socket = listener.accept()) {
        scripts[i].serve(new Peer(socket));
        served.get(i).complete(null);
      } catch (IOException | RuntimeException | AssertionError e) {
        served.get(i).completeExceptionally(e);
      }
    }
  }

  /** The port it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Its address. */
  public String url() {
    return "rtsp://127.0.0.1:" + port() + "/live/x";
  }

  /** Waits until every script has run to its end, and fails as they failed. */
  public void verify() throws Exception {
    for (CompletableFuture<Void> script : served) {
      script.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  /** One client. */
  public static final class Peer {
    private final Socket socket;
    private final BufferedInputStream in;

    private Peer(Socket socket) throws IOException {
      this.socket = socket;
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
      in = new BufferedInputStream(socket.getInputStream());
    }

    /** Reads a request, which must be of that method. */
    public Request expect(String method) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      while (!bytes.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          throw new AssertionError("expected " + method + ", got the end after: " + bytes);
        }
        bytes.write(next);
      }
      String text = bytes.toString(StandardCharsets.UTF_8);
      String[] line = text.split("[ \r]", 3);
      if (!line[0].equals(method)) {
        throw new AssertionError("expected " + method + ", got " + text);
      }
      return new Request(line[0], line[1], text);
    }

    /** Answers a request with these header lines. */
    public void answer(Request request, String status, String... headers) throws IOException {
      answerWith("", request, status, headers);
    }

    /** Answers a request with a body. */
    public void answerWith(String body, Request request, String status, String... headers)
        throws IOException {
      StringBuilder text = new StringBuilder("RTSP/1.0 " + status + "\r\n");
      text.append("CSeq: ").append(request.header("CSeq")).append("\r\n");
      for (String header : headers) {
        text.append(header).append("\r\n");
      }
      if (!body.isEmpty()) {
        text.append("Content-Length: ").append(body.length()).append("\r\n");
      }
      send(text.append("\r\n").append(body).toString());
    }

    /** Sends text as it is. */
    public void send(String text) throws IOException {
      send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes as they are. */
    public void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    /** Sends a packet on a channel. */
    public void frame(int channel, byte[] packet) throws IOException {
      send(
          ByteBuffer.allocate(4 + packet.length)
              .put((byte) '$')
              .put((byte) channel)
              .putShort((short) packet.length)
              .put(packet)
              .array());
    }

    /** Up to the answer to PLAY, for a client that behaves. */
    public void play(String sdp, String rtpInfo, String session) throws IOException {
      answer(expect("OPTIONS"), "200 OK", "Public: OPTIONS, DESCRIBE, GET_PARAMETER");
      answerWith(sdp, expect("DESCRIBE"), "200 OK", "Content-Type: application/sdp");
      for (long tracks = sdp.lines().filter(line -> line.startsWith("m=")).count();
          tracks > 0;
          tracks--) {
        Request setup = expect("SETUP");
        answer(setup, "200 OK", "Session: " + session, "Transport: " + setup.header("Transport"));
      }
      answer(expect("PLAY"), "200 OK", rtpInfo.isEmpty() ? "X: y" : "RTP-Info: " + rtpInfo);
    }

    /** Ends the connection by a reset. */
    public void reset() throws SocketException {
      socket.setSoLinger(true, 0);
    }

    /** Waits for the client's end of the connection, whatever it sends until then. */
    public void awaitEnd() throws IOException {
      try {
        in.transferTo(OutputStream.nullOutputStream());
      } catch (SocketException e) {
        // A reset is an end as well.
        return;
      }
    }
  }

  /** An RTP packet with a payload of that size. */
  public static byte[] rtp(int payloadType, int sequence, int rtpTime, int payloadBytes) {
    return ByteBuffer.allocate(12 + payloadBytes)
        .put((byte) 0x80)
        .put((byte) payloadType)
        .putShort((short) sequence)
        .putInt(rtpTime)
        .putInt(0xABCD + payloadType)
        .array();
  }

  /** A sender report. */
  public static byte[] report(long ntp, int rtpTime) {
    byte[] packet = new byte[28];
    Rtcp.writeReport(ByteBuffer.wrap(packet), 0, 0xABCD, ntp, rtpTime);
    return packet;
  }
}
