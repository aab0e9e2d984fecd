package dev.livedub.gemini.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Keeps what a connection says. */
final class HeardConnection implements ConnectionListener {

  final List<String> messages = new CopyOnWriteArrayList<>();
  final AtomicInteger ends = new AtomicInteger();
  volatile boolean open;
  volatile @Nullable String closed;
  volatile @Nullable ConnectionFailure failure;
  volatile @Nullable Error toThrow;

  @Override
  public void onOpen(Connection connection) {
    open = true;
  }

  @Override
  public void onMessage(ByteBuffer utf8) {
    messages.add(StandardCharsets.UTF_8.decode(utf8).toString());
    Error error = toThrow;
    if (error != null) {
      throw error;
    }
  }

  @Override
  public void onClosed(int code, String reason) {
    closed = code + " " + reason;
    ends.incrementAndGet();
  }

  @Override
  public void onFailed(ConnectionFailure newFailure) {
    failure = newFailure;
    ends.incrementAndGet();
  }

  /** The failure, if there was one. */
  ConnectionFailure failed() {
    ConnectionFailure found = failure;
    return found == null ? new ConnectionFailure(-1, "none") : found;
  }
}
