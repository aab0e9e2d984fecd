package dev.livedub.orchestrator.http.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Writes a live answer. What a client does not read waits in a queue of {@value #CAPACITY} pieces;
 * a client for whom that is not enough is dropped.
 *
 * <p><b>Threading:</b> any thread may write and end; no method blocks.
 */
public final class LiveWriter {

  /** Pieces that wait at most for one client. */
  public static final int CAPACITY = 64;

  private final Channel channel;
  private final ServerLimits limits;
  private final ServerMeters meters;
  private final Queue<byte[]> waiting = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicBoolean dropped = new AtomicBoolean();
  private volatile boolean ending;
  // The event loop's own.
  private boolean begun;
  private boolean ended;

  LiveWriter(Channel channel, ServerLimits limits, ServerMeters meters) {
    this.channel = channel;
    this.limits = limits;
    this.meters = meters;
  }

  /** Writes a piece, or drops the client if too many wait already. */
  public void write(String piece) {
    if (ending || dropped.get()) {
      return;
    }
    if (waiting.offer(piece.getBytes(StandardCharsets.UTF_8))) {
      schedule();
    } else if (dropped.compareAndSet(false, true)) {
      meters.dropped();
      close();
    }
  }

  /** Ends the answer after what has been written. Idempotent. */
  public void end() {
    ending = true;
    schedule();
  }

  /**
   * Writes a piece at intervals for as long as the answer lasts.
   *
   * @param piece skipped while others wait, for then the client hears from us anyway
   */
  public void repeat(String piece, long intervalMillis) {
    Future<?> beat =
        channel
            .eventLoop()
            .scheduleAtFixedRate(
                () -> beat(piece), intervalMillis, intervalMillis, TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(closed -> beat.cancel(false));
  }

  /** The head is written; on the event loop. */
  void begin() {
    begun = true;
    flush();
  }

  /** Writes what the client can take; on the event loop. */
  void flush() {
    scheduled.set(false);
    if (!begun || ended) {
      return;
    }
    byte @Nullable [] piece = null;
    while (channel.isWritable() && (piece = waiting.poll()) != null) {
      ChannelFuture unused = channel.write(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)));
    }
    if (ending && waiting.isEmpty()) {
      ended = true;
      ChannelFuture unused =
          channel
              .write(LastHttpContent.EMPTY_LAST_CONTENT)
              .addListener(ChannelFutureListener.CLOSE);
    }
    channel.flush();
    if (ending) {
      Future<?> unused =
          channel
              .eventLoop()
              .schedule(this::close, limits.write().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void close() {
    ChannelFuture unused = channel.close();
  }

  private void beat(String piece) {
    if (waiting.isEmpty()) {
      write(piece);
    }
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      try {
        channel.eventLoop().execute(this::flush);
      } catch (RejectedExecutionException e) {
        dropped.set(true); // the server has ended, and the client with it
      }
    }
  }
}
