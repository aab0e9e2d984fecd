package dev.livedub.testkit.net;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The connections of a server: a daemon thread each, as many as may be, or none while they are
 * ignored.
 *
 * <p><b>Threading:</b> thread-safe. <b>Ownership:</b> closing it hangs up on every peer.
 */
public final class Sessions implements AutoCloseable {

  private static final long JOIN_MILLIS = 2_000;

  private final String name;
  private final int most;
  private final Opener opener;
  private final Runnable onIgnored;
  private final Map<Session, Thread> served = new ConcurrentHashMap<>();
  private final List<Socket> ignored = new ArrayList<>();
  private final AtomicLong accepted = new AtomicLong();
  private boolean ignoring;
  private boolean closed;

  /** One connection: run once, to its end. */
  public interface Session extends Runnable {

    /** Ends it at once, from any thread. */
    void hangUp();
  }

  /** Makes sessions. */
  @FunctionalInterface
  public interface Opener {

    /**
     * A session that has not begun.
     *
     * @param number of the connection, from 1 on
     * @throws IOException if the peer has gone
     */
    Session open(Socket socket, long number) throws IOException;
  }

  /**
   * None yet.
   *
   * @param name of the threads
   * @param most how many at a time; further ones are reset
   * @param onIgnored run for each connection that is ignored
   */
  public Sessions(String name, int most, Opener opener, Runnable onIgnored) {
    this.name = name;
    this.most = most;
    this.opener = opener;
    this.onIgnored = onIgnored;
  }

  /** Takes a connection that was accepted. */
  public synchronized void accept(Socket socket) {
    long number = accepted.incrementAndGet();
    if (closed || served.size() + ignored.size() >= most) {
      Hangup.RST.apply(socket);
    } else if (ignoring) {
      ignored.add(socket);
      onIgnored.run();
    } else {
      serve(socket, number);
    }
  }

  /** How many connections there have been. */
  public long accepted() {
    return accepted.get();
  }

  /** Ignores connections from now on: they stay open, and nobody reads or answers. */
  public synchronized void ignore() {
    ignoring = true;
  }

  /** Serves new connections again; those that were ignored are closed. */
  public synchronized void serveAgain() {
    ignoring = false;
    closeIgnored();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      closeIgnored();
    }
    List<Thread> threads = List.copyOf(served.values());
    served.keySet().forEach(Session::hangUp);
    threads.forEach(Sessions::join);
  }

  private void closeIgnored() {
    ignored.forEach(Hangup::closeQuietly);
    ignored.clear();
  }

  private void serve(Socket socket, long number) {
    try {
      Session session = opener.open(socket, number);
      Thread thread = new Thread(() -> run(session), name + "-session-" + number);
      thread.setDaemon(true);
      served.put(session, thread);
      thread.start();
    } catch (IOException e) {
      // The peer was gone before it could be served.
      Hangup.closeQuietly(socket);
    }
  }

  private void run(Session session) {
    try {
      session.run();
    } finally {
      served.remove(session);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
