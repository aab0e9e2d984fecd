package dev.livedub.media.rtmp;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A publisher and the server it is to talk to. */
final class PublisherRig implements AutoCloseable {

  static final int SEND_BUFFER_BYTES = 64 * 1024;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private @Nullable ScriptedServer server;
  private @Nullable RtmpPublisher publisher;

  void serve(ScriptedServer.Script... connections) {
    serve("/live/key", connections);
  }

  void serve(String path, ScriptedServer.Script... connections) {
    server = ScriptedServer.start(connections);
    publisher = new RtmpPublisher(address(path));
    publisher.within(PATIENCE);
  }

  RtmpAddress address(String path) {
    return server().address(path);
  }

  RtmpPublisher publisher() {
    if (publisher == null) {
      throw new IllegalStateException("nothing is served");
    }
    return publisher;
  }

  private ScriptedServer server() {
    if (server == null) {
      throw new IllegalStateException("nothing is served");
    }
    return server;
  }

  void open() throws RtmpException {
    publisher().open(Set.of(), SEND_BUFFER_BYTES);
  }

  /** Opens, which has to fail. */
  RtmpException refusal(Set<String> fourCcs) {
    RtmpException e =
        catchThrowableOfType(
            RtmpException.class, () -> publisher().open(fourCcs, SEND_BUFFER_BYTES));
    if (e == null) {
      throw new IllegalStateException("it was granted");
    }
    return e;
  }

  RtmpException refusal() {
    return refusal(Set.of());
  }

  /** Hears what the server says until that is the end. */
  RtmpException flushUntilLost() {
    return flushUntilLost(publisher());
  }

  static RtmpException flushUntilLost(RtmpPublisher publisher) {
    while (true) {
      try {
        publisher.flush();
        Thread.onSpinWait();
      } catch (RtmpException e) {
        return e;
      }
    }
  }

  void awaitServer() throws Exception {
    server().await();
  }

  @Override
  public void close() {
    publisher().close();
    server().close();
  }
}
