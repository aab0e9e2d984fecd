package dev.livedub.orchestrator.http.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows all connections, and which of them only wait. When there are as many as there may be, a
 * newcomer takes the place of the one that has waited longest for a request or for the rest of one:
 * whoever holds thousands of connections open loses the oldest of them, and a hook still gets
 * through.
 *
 * <p><b>Threading:</b> any thread; holds its lock for a few instructions only.
 */
final class ConnectionBook {

  private final int max;
  private final ServerMeters meters;
  private final Set<Channel> open = new HashSet<>();
  private final LinkedHashSet<Channel> waiting = new LinkedHashSet<>();
  private boolean closing;

  ConnectionBook(int max, ServerMeters meters) {
    this.max = max;
    this.meters = meters;
  }

  /** Lets a connection in, which waits from now on; false if there is no place for it. */
  boolean enter(Channel channel) {
    Channel evicted;
    synchronized (this) {
      if (closing) {
        return false;
      }
      evicted = open.size() < max ? null : eldest();
      if (open.size() >= max && evicted == null) {
        return false;
      }
      open.add(channel);
      waiting.add(channel);
      meters.connections(open.size());
    }
    if (evicted != null) {
      meters.evicted();
      ChannelFuture unused = evicted.close();
    }
    return true;
  }

  /** A connection is being answered: it is not to be disturbed. */
  synchronized void busy(Channel channel) {
    waiting.remove(channel);
  }

  /** A connection waits again. */
  synchronized void waits(Channel channel) {
    if (open.contains(channel)) {
      waiting.add(channel);
    }
  }

  /** A connection is gone. */
  synchronized void left(Channel channel) {
    waiting.remove(channel);
    open.remove(channel);
    meters.connections(open.size());
    notifyAll();
  }

  /** Lets nobody in any more. */
  synchronized List<Channel> close() {
    closing = true;
    return new ArrayList<>(open);
  }

  /** Whether everybody is asked to leave. */
  synchronized boolean isClosing() {
    return closing;
  }

  /** Waits until everybody has left; false if that took too long. */
  synchronized boolean awaitEmpty(long waitNanos) throws InterruptedException {
    long dueNanos = System.nanoTime() + waitNanos;
    while (!open.isEmpty()) {
      long leftMillis = (dueNanos - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        return false;
      }
      wait(leftMillis);
    }
    return true;
  }

  /** Takes the one out that has waited longest; null if nobody waits. */
  private @Nullable Channel eldest() {
    Iterator<Channel> inOrder = waiting.iterator();
    if (!inOrder.hasNext()) {
      return null;
    }
    Channel eldest = inOrder.next();
    inOrder.remove();
    open.remove(eldest);
    return eldest;
  }
}
