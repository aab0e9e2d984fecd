package dev.livedub.testkit.rtmp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the sink says to a publisher. Threading: one thread. */
final class RtmpReplies {

  static final int WINDOW_BYTES = 2_500_000;
  private static final int OUT_CHUNK_BYTES = 4096;
  private static final int COMMAND_CHUNKS = 3;
  private static final int STATUS_CHUNKS = 5;
  private static final byte LIMIT_DYNAMIC = 2;

  private final ChunkWriter out;

  RtmpReplies(OutputStream output) {
    out = new ChunkWriter(output);
  }

  void connected(Object transaction) throws IOException {
    out.control(RtmpMessage.WINDOW_SIZE, WINDOW_BYTES);
    byte[] bandwidth = ByteBuffer.allocate(5).putInt(WINDOW_BYTES).put(LIMIT_DYNAMIC).array();
    out.message(2, RtmpMessage.PEER_BANDWIDTH, 0, bandwidth);
    out.chunkBytes(OUT_CHUNK_BYTES);
    Map<String, Object> server = new TreeMap<>();
    server.put("fmsVer", "FMS/3,0,1,123");
    server.put("capabilities", 31);
    Map<String, Object> info =
        status("status", "NetConnection.Connect.Success", "Connection succeeded.");
    info.put("objectEncoding", 0);
    command(0, "_result", transaction, server, info);
  }

  void rejected(Object transaction) throws IOException {
    Map<String, Object> info =
        status("error", "NetConnection.Connect.Rejected", "Connection rejected by order.");
    command(0, "_error", transaction, null, info);
  }

  void result(Object transaction, @Nullable Object value) throws IOException {
    command(0, "_result", transaction, null, value);
  }

  void publishGranted(int streamId, String name) throws IOException {
    byte[] streamBegin = ByteBuffer.allocate(6).putShort((short) 0).putInt(streamId).array();
    out.message(2, RtmpMessage.USER_CONTROL, 0, streamBegin);
    onStatus(streamId, status("status", "NetStream.Publish.Start", "Publishing " + name));
  }

  void publishDenied(int streamId, String code) throws IOException {
    onStatus(streamId, status("error", code, "Publishing denied by order."));
  }

  void unpublished(int streamId) throws IOException {
    onStatus(streamId, status("status", "NetStream.Unpublish.Success", "Stopped publishing."));
  }

  void acknowledge(long receivedBytes) throws IOException {
    out.control(RtmpMessage.ACKNOWLEDGEMENT, receivedBytes);
  }

  /** Answers a ping; {@code request} is the whole payload of the user control message. */
  void pong(byte[] request) throws IOException {
    byte[] response = request.clone();
    response[1] = 7;
    out.message(2, RtmpMessage.USER_CONTROL, 0, response);
  }

  private void onStatus(int streamId, Map<String, Object> info) throws IOException {
    byte[] payload =
        new Amf0Writer().value("onStatus").value(0).value(null).value(info).toByteArray();
    out.message(STATUS_CHUNKS, RtmpMessage.COMMAND, streamId, payload);
  }

  private void command(
      int streamId,
      String name,
      Object transaction,
      @Nullable Object properties,
      @Nullable Object value)
      throws IOException {
    byte[] payload =
        new Amf0Writer()
            .value(name)
            .value(transaction)
            .value(properties)
            .value(value)
            .toByteArray();
    out.message(COMMAND_CHUNKS, RtmpMessage.COMMAND, streamId, payload);
  }

  private static Map<String, Object> status(String level, String code, String description) {
    Map<String, Object> info = new TreeMap<>();
    info.put("level", level);
    info.put("code", code);
    info.put("description", description);
    return info;
  }
}
