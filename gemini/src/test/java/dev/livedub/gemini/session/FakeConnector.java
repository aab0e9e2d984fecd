package dev.livedub.gemini.session;

import dev.livedub.gemini.transport.ConnectRequest;
import dev.livedub.gemini.transport.Connection;
import dev.livedub.gemini.transport.ConnectionListener;
import dev.livedub.gemini.transport.Connector;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A connection that does what the test says. */
final class FakeConnector implements Connector, Connection {

  final List<String> sent = new CopyOnWriteArrayList<>();
  volatile long queuedBytes;
  volatile boolean closed;
  volatile boolean canceled;
  private volatile @Nullable ConnectRequest request;
  private volatile @Nullable ConnectionListener listener;

  @Override
  public Connection connect(ConnectRequest newRequest, ConnectionListener newListener) {
    request = newRequest;
    listener = newListener;
    return this;
  }

  /** What was asked for. */
  ConnectRequest request() {
    ConnectRequest asked = request;
    if (asked == null) {
      throw new AssertionError("nobody has connected");
    }
    return asked;
  }

  boolean isAsked() {
    return request != null;
  }

  /** Who hears of this connection. */
  ConnectionListener hears() {
    ConnectionListener hearing = listener;
    if (hearing == null) {
      throw new AssertionError("nobody has connected");
    }
    return hearing;
  }

  void opens() {
    hears().onOpen(this);
  }

  void says(String message) {
    hears().onMessage(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
  }

  void isReady() {
    opens();
    says("{\"setupComplete\":{}}");
  }

  @Override
  public boolean send(String text) {
    return sent.add(text);
  }

  @Override
  public long queuedBytes() {
    return queuedBytes;
  }

  @Override
  public void cancel() {
    canceled = true;
  }

  @Override
  public void close() {
    closed = true;
  }
}
