package dev.livedub.testkit.rtmp;

import dev.livedub.testkit.net.Hangup;
import dev.livedub.testkit.net.Sessions;
import java.io.IOException;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One publisher's connection, from the handshake to its end.
 *
 * <p>Threading: everything happens on the thread that calls {@link #run}; {@link #cutOff} from
 * anyone. Ownership: owns the socket and ends what it published.
 */
final class RtmpSession implements Sessions.Session {

  private static final String SET_DATA_FRAME = "@setDataFrame";
  private static final int MAX_STREAMS = 16;
  private static final long LINGER_MILLIS = 250;
  private static final int PING_REQUEST = 6;

  private final Socket socket;
  private final RtmpSink sink;
  private final RtmpInput input;
  private final ChunkReader chunks;
  private final RtmpReplies replies;
  private final Map<Integer, Published> published = new HashMap<>();
  private String app = "";
  private int streams;
  private long windowBytes = RtmpReplies.WINDOW_BYTES;
  private long acknowledgedBytes;
  private boolean over;
  private volatile String cutOff = "";

  private record Published(RtmpStream stream, RtmpPublication publication) {}

  RtmpSession(Socket socket, RtmpSink sink) throws IOException {
    this.socket = socket;
    this.sink = sink;
    input = new RtmpInput(socket.getInputStream());
    chunks = new ChunkReader(input);
    replies = new RtmpReplies(socket.getOutputStream());
  }

  @Override
  public void run() {
    String reason = "end of stream";
    try {
      Handshake.answer(input, socket.getOutputStream());
      RtmpMessage message = chunks.next();
      while (message != null) {
        take(message);
        acknowledge();
        message = over ? null : chunks.next();
      }
    } catch (IOException e) {
      reason = e.toString();
    } finally {
      endAll(cutOff.isEmpty() ? reason : cutOff);
      if (!over) {
        Hangup.closeQuietly(socket);
      }
    }
  }

  /** Ends the connection; what comes after is not recorded. */
  void cutOff(Hangup how, ScheduledExecutorService timer) {
    cutOff = "cut off by " + how;
    how.apply(socket);
    endAll(cutOff);
    input.giveUp();
    closeSoon(timer);
  }

  @Override
  public void hangUp() {
    Hangup.RST.apply(socket);
    input.giveUp();
  }

  private void closeSoon(ScheduledExecutorService timer) {
    try {
      timer.schedule(() -> Hangup.closeQuietly(socket), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The sink is closing, so nothing comes later any more.
      Hangup.closeQuietly(socket);
    }
  }

  private void take(RtmpMessage message) throws IOException {
    switch (message.type()) {
      case RtmpMessage.SET_CHUNK_SIZE -> chunks.chunkBytes(message.number());
      case RtmpMessage.ABORT -> chunks.abort(message.number());
      case RtmpMessage.WINDOW_SIZE -> windowBytes = Math.max(1, message.number());
      case RtmpMessage.USER_CONTROL -> userControl(message.payload());
      case RtmpMessage.AUDIO -> media(TagKind.AUDIO, message);
      case RtmpMessage.VIDEO -> media(TagKind.VIDEO, message);
      case RtmpMessage.DATA -> data(message, 0);
      case RtmpMessage.DATA_AMF3 -> data(message, 1);
      case RtmpMessage.COMMAND -> command(message, 0);
      case RtmpMessage.COMMAND_AMF3 -> command(message, 1);
      default -> {
        // Acknowledgements and what the sink has no use for.
      }
    }
  }

  private void acknowledge() throws IOException {
    if (input.countBytes() - acknowledgedBytes >= windowBytes) {
      acknowledgedBytes = input.countBytes();
      replies.acknowledge(acknowledgedBytes);
    }
  }

  private void userControl(byte[] payload) throws IOException {
    if (payload.length >= 6 && payload[0] == 0 && payload[1] == PING_REQUEST) {
      replies.pong(payload);
    }
  }

  private void media(TagKind kind, RtmpMessage message) throws IOException {
    Published target = published(message.streamId());
    if (target != null) {
      byte[] body = message.payload();
      RtmpTag tag = TagParser.parse(kind, message.timestampMillis(), body, System.nanoTime());
      target.publication().add(tag, message.type(), body, 0);
      target.stream().arrived(target.publication(), tag, body);
    }
  }

  private void data(RtmpMessage message, int offset) throws IOException {
    Published target = published(message.streamId());
    if (target == null) {
      return;
    }
    byte[] body = message.payload();
    List<@Nullable Object> values = new Amf0Reader(body, offset).readAll();
    int bodyOffset = offset;
    if (!values.isEmpty() && SET_DATA_FRAME.equals(values.get(0))) {
      values = values.subList(1, values.size());
      bodyOffset += 3 + SET_DATA_FRAME.length();
    }
    if (values.size() > 1
        && "onMetaData".equals(values.get(0))
        && values.get(1) instanceof Map<?, ?> metadata) {
      target.publication().metadata(metadata);
    }
    RtmpTag tag = TagParser.parse(TagKind.DATA, message.timestampMillis(), body, System.nanoTime());
    target.publication().add(tag, RtmpMessage.DATA, body, bodyOffset);
  }

  private void command(RtmpMessage message, int offset) throws IOException {
    List<@Nullable Object> values = new Amf0Reader(message.payload(), offset).readAll();
    String name = values.isEmpty() ? "" : String.valueOf(values.get(0));
    Object transaction = values.size() > 1 && values.get(1) instanceof Double d ? d : 0.0;
    switch (name) {
      case "connect" -> connect(transaction, values.size() > 2 ? values.get(2) : null);
      case "createStream" -> createStream(transaction);
      case "publish" -> publish(message.streamId(), values);
      case "FCUnpublish", "closeStream", "deleteStream" -> unpublish(name, message, values);
      case "releaseStream", "FCPublish", "getStreamLength", "_checkbw" ->
          replies.result(transaction, null);
      default -> {
        // Results of calls the sink never makes, and extensions it does not know.
      }
    }
  }

  private void connect(Object transaction, @Nullable Object properties) throws IOException {
    if (sink.rejectsConnect()) {
      replies.rejected(transaction);
      bowOut();
      return;
    }
    if (properties instanceof Map<?, ?> map && map.get("app") instanceof String text) {
      app = text;
    }
    replies.connected(transaction);
  }

  private void createStream(Object transaction) throws IOException {
    if (streams == MAX_STREAMS) {
      bowOut();
      return;
    }
    streams++;
    replies.result(transaction, streams);
  }

  private void publish(int streamId, List<@Nullable Object> values) throws IOException {
    String text = values.size() > 3 ? String.valueOf(values.get(3)) : "";
    int question = text.indexOf('?');
    String query = question < 0 ? "" : text.substring(question + 1);
    String joined = app + "/" + (question < 0 ? text : text.substring(0, question));
    RtmpStream stream = sink.find(joined.replaceAll("/{2,}", "/").replaceAll("^/|/$", ""));
    String denial = stream == null ? "NetStream.Publish.BadName" : stream.denial();
    if (stream == null || denial != null || published.containsKey(streamId)) {
      replies.publishDenied(streamId, denial == null ? "NetStream.Publish.BadName" : denial);
      bowOut();
      return;
    }
    RtmpPublication publication = stream.begin(this, query);
    synchronized (published) {
      published.put(streamId, new Published(stream, publication));
    }
    replies.publishGranted(streamId, stream.name());
    input.gate(stream.gate());
  }

  private void unpublish(String name, RtmpMessage message, List<@Nullable Object> values)
      throws IOException {
    boolean named = "deleteStream".equals(name) && values.size() > 3;
    int streamId = named && values.get(3) instanceof Double d ? d.intValue() : message.streamId();
    if ("FCUnpublish".equals(name)) {
      // Comes on the connection, before deleteStream, and names the stream: end whatever lasts.
      endAll(name);
      return;
    }
    Published target;
    synchronized (published) {
      target = published.remove(streamId);
    }
    if (target != null) {
      target.stream().end(target.publication(), name);
      replies.unpublished(streamId);
    }
  }

  /** Ends the connection so that what was just said still arrives. */
  private void bowOut() {
    over = true;
    Hangup.FIN.apply(socket);
    closeSoon(sink.timer());
  }

  private @Nullable Published published(int streamId) {
    synchronized (published) {
      return published.get(streamId);
    }
  }

  private void endAll(String reason) {
    List<Published> ended;
    synchronized (published) {
      ended = List.copyOf(published.values());
      published.clear();
    }
    for (Published each : ended) {
      try {
        each.stream().end(each.publication(), reason);
      } catch (IOException e) {
        sink.failed(e);
      }
    }
  }
}
