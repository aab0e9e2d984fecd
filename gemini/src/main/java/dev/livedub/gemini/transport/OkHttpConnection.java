package dev.livedub.gemini.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A connection by OkHttp, which leaves three things to its user: to answer the peer's close frame,
 * to give up on a peer that does not answer ours, and to survive what a listener throws.
 */
final class OkHttpConnection extends WebSocketListener implements Connection {

  private static final int NORMAL_CLOSURE = 1000;

  private final ConnectionListener listener;
  private final ScheduledExecutorService timer;
  private final long closeTimeoutNanos;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable WebSocket socket;
  private volatile @Nullable Future<?> release;

  OkHttpConnection(
      ConnectionListener listener, ScheduledExecutorService timer, Duration closeTimeout) {
    this.listener = listener;
    this.timer = timer;
    this.closeTimeoutNanos = closeTimeout.toNanos();
  }

  void start(OkHttpClient client, Request request) {
    // The reader may get ahead of this assignment; it then makes the same one.
    socket = client.newWebSocket(request, this);
  }

  @Override
  public boolean send(String text) {
    WebSocket open = socket;
    return open != null && open.send(text);
  }

  @Override
  public long queuedBytes() {
    WebSocket open = socket;
    return open == null ? 0 : open.queueSize();
  }

  @Override
  public void close() {
    WebSocket open = socket;
    if (open != null && open.close(NORMAL_CLOSURE, null)) {
      release = timer.schedule(this::cancel, closeTimeoutNanos, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void cancel() {
    WebSocket open = socket;
    if (open != null) {
      open.cancel();
    }
  }

  @Override
  public void onOpen(WebSocket webSocket, Response response) {
    socket = webSocket;
    listener.onOpen(this);
  }

  @Override
  public void onMessage(WebSocket webSocket, String text) {
    hand(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void onMessage(WebSocket webSocket, ByteString bytes) {
    hand(bytes.asByteBuffer());
  }

  /** OkHttp lets an Error end its reader without telling anybody, with the socket open. */
  private void hand(ByteBuffer message) {
    try {
      listener.onMessage(message);
    } catch (RuntimeException | Error e) {
      cancel();
      fail(new ConnectionFailure(ConnectionFailure.NO_STATUS, "a message was too much: " + e));
    }
  }

  /** OkHttp frees nothing until the close frame is answered. */
  @Override
  public void onClosing(WebSocket webSocket, int code, String reason) {
    socket = webSocket;
    close();
    if (ended.compareAndSet(false, true)) {
      listener.onClosed(code, reason);
    }
  }

  @Override
  public void onClosed(WebSocket webSocket, int code, String reason) {
    forgetRelease();
  }

  @Override
  public void onFailure(WebSocket webSocket, Throwable failure, @Nullable Response response) {
    forgetRelease();
    fail(Failures.describe(failure, response));
  }

  private void fail(ConnectionFailure failure) {
    if (ended.compareAndSet(false, true)) {
      listener.onFailed(failure);
    }
  }

  private void forgetRelease() {
    Future<?> pending = release;
    if (pending != null) {
      pending.cancel(false);
    }
  }
}
