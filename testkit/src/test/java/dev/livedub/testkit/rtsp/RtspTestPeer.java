package dev.livedub.testkit.rtsp;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A publisher or player that says exactly what a test wants it to. Threading: one thread. */
final class RtspTestPeer implements AutoCloseable {

  static final String PATH = "live/demo/in";
  static final int VIDEO_CLOCK_HZ = 90_000;
  static final int AUDIO_CLOCK_HZ = 48_000;
  static final int VIDEO = 0;
  static final int VIDEO_RTCP = 1;
  static final int AUDIO = 2;
  static final int AUDIO_RTCP = 3;
  private static final int READ_TIMEOUT_MILLIS = 10_000;
  private static final String SDP =
      "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=test\r\nt=0 0\r\n"
          + "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:streamid=0\r\n"
          + "m=audio 0 RTP/AVP 97\r\na=rtpmap:97 MPEG4-GENERIC/48000/1\r\n"
          + "a=control:streamid=1\r\n";

  private final Socket socket;
  private final DataInputStream in;
  private final String url;
  private int cSeq;
  private int sequence;

  /** A reply's status, headers in lower case, and body. */
  record Reply(int status, Map<String, String> headers, String body) {}

  /** A packet without its framing. */
  record Packet(int channel, byte[] bytes) {
    int sequence() {
      return ByteBuffer.wrap(bytes).getShort(2) & 0xFFFF;
    }

    long timestamp() {
      return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(4));
    }

    long reportTimestamp() {
      return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(16));
    }
  }

  RtspTestPeer(RtspRelay relay) throws IOException {
    this(relay, PATH);
  }

  RtspTestPeer(RtspRelay relay, String path) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), relay.port());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    url = relay.url(path);
  }

  static RtspTestPeer publisher(RtspRelay relay) throws IOException {
    RtspTestPeer peer = new RtspTestPeer(relay);
    peer.publish();
    return peer;
  }

  static RtspTestPeer player(RtspRelay relay) throws IOException {
    RtspTestPeer peer = new RtspTestPeer(relay);
    peer.play();
    return peer;
  }

  void publish() throws IOException {
    expect(200, request("ANNOUNCE", url, "Content-Type: application/sdp", SDP));
    expect(200, request("SETUP", url + "/streamid=0", transport(0), ""));
    expect(200, request("SETUP", url + "/streamid=1", transport(2), ""));
    expect(200, request("RECORD", url, "", ""));
  }

  Reply play() throws IOException {
    expect(200, describe());
    expect(200, request("SETUP", url + "/trackID=0", transport(0), ""));
    expect(200, request("SETUP", url + "/trackID=1", transport(2), ""));
    Reply reply = request("PLAY", url, "", "");
    expect(200, reply);
    return reply;
  }

  Reply describe() throws IOException {
    return request("DESCRIBE", url, "Accept: application/sdp", "");
  }

  Reply request(String method, String uri, String header, String body) throws IOException {
    send(method, uri, header, body);
    return readReply();
  }

  void send(String method, String uri, String header, String body) throws IOException {
    StringBuilder text = new StringBuilder(method + " " + uri + " RTSP/1.0\r\n");
    text.append("CSeq: ").append(++cSeq).append("\r\n");
    text.append(header).append(header.isEmpty() ? "" : "\r\n");
    if (!body.isEmpty()) {
      text.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    write(text.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8));
  }

  Reply readReply() throws IOException {
    int status = Integer.parseInt(readLine().split(" ")[1]);
    Map<String, String> headers = new HashMap<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    byte[] body = new byte[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
    in.readFully(body);
    return new Reply(status, headers, new String(body, StandardCharsets.UTF_8));
  }

  /** Sends an RTP packet with the marker bit; sequence numbers count up over both streams. */
  void sendRtp(int channel, int timestamp, byte... payload) throws IOException {
    byte[] rtp =
        ByteBuffer.allocate(12 + payload.length)
            .put((byte) 0x80)
            .put((byte) 0xE0)
            .putShort((short) sequence++)
            .putInt(timestamp)
            .putInt(channel)
            .put(payload)
            .array();
    sendFrame(channel, rtp);
  }

  /** Leaves out one sequence number, as a lost packet would. */
  void skipSequence() {
    sequence++;
  }

  void sendReport(int channel, int timestamp) throws IOException {
    byte[] report =
        ByteBuffer.allocate(28)
            .put((byte) 0x80)
            .put((byte) 200)
            .putShort((short) 6)
            .putInt(channel)
            .putLong(0x1234L)
            .putInt(timestamp)
            .array();
    sendFrame(channel, report);
  }

  Packet readPacket() throws IOException {
    int magic = in.readUnsignedByte();
    if (magic != '$') {
      throw new IOException("expected a frame, got byte " + magic);
    }
    int channel = in.readUnsignedByte();
    byte[] bytes = new byte[in.readUnsignedShort()];
    in.readFully(bytes);
    return new Packet(channel, bytes);
  }

  byte[] readRaw(int sizeBytes) throws IOException {
    return in.readNBytes(sizeBytes);
  }

  /** Reads to the end of the stream; an orderly one returns, a reset throws. */
  void readToEnd() throws IOException {
    in.readAllBytes();
  }

  /** A read that finds nothing for this long fails. */
  void readTimeoutMillis(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  String url() {
    return url;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void sendFrame(int channel, byte[] packet) throws IOException {
    write(
        ByteBuffer.allocate(4 + packet.length)
            .put((byte) '$')
            .put((byte) channel)
            .putShort((short) packet.length)
            .put(packet)
            .array());
  }

  private void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      line.append(c == '\r' ? "" : (char) c);
    }
    return line.toString();
  }

  static String transport(int channel) {
    return "Transport: RTP/AVP/TCP;unicast;interleaved=" + channel + "-" + (channel + 1);
  }

  private static void expect(int status, Reply reply) throws IOException {
    if (reply.status() != status) {
      throw new IOException("status " + reply.status());
    }
  }
}
