package dev.livedub.testkit.rtsp;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An RTSP/1.0 answer under construction. Threading: one thread. */
final class RtspReply {

  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(454, "Session Not Found"),
          Map.entry(455, "Method Not Valid in This State"),
          Map.entry(461, "Unsupported Transport"),
          Map.entry(501, "Not Implemented"),
          Map.entry(503, "Service Unavailable"));

  private final int status;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private byte[] body = new byte[0];

  private RtspReply(int status) {
    this.status = status;
  }

  static RtspReply of(int status) {
    return new RtspReply(status);
  }

  static RtspReply ok() {
    return new RtspReply(200);
  }

  int status() {
    return status;
  }

  RtspReply header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  RtspReply body(String contentType, String text) {
    body = text.getBytes(StandardCharsets.UTF_8);
    return header("Content-Type", contentType);
  }

  /** The bytes on the wire, as the answer to the request numbered {@code cSeq}. */
  byte[] encode(String cSeq) {
    StringBuilder head = new StringBuilder(256);
    head.append("RTSP/1.0 ").append(status).append(' ');
    head.append(REASONS.getOrDefault(status, "Error")).append("\r\n");
    head.append("CSeq: ").append(cSeq).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    byte[] text = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[text.length + body.length];
    System.arraycopy(text, 0, all, 0, text.length);
    System.arraycopy(body, 0, all, text.length, body.length);
    return all;
  }
}
