package dev.livedub.testkit.gemini.record;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Keeps the record of a simulated service.
 *
 * <p>An attempt to connect is part of a storm if at least {@value #STORM_FAILURES} connections
 * failed within the {@value #STORM_WINDOW_MILLIS} ms before it, that is ended less than {@value
 * #USEFUL_MILLIS} ms after they became ready, or before.
 *
 * <p><b>Threading</b>: any thread.
 */
public final class Recorder {

  static final int STORM_FAILURES = 6;
  static final long STORM_WINDOW_MILLIS = 10_000;
  static final long USEFUL_MILLIS = 2_000;

  private static final int MAX_ENTRIES = 10_000;
  private static final int MAX_SESSIONS = 2_000;

  private final LongSupplier clockMillis;
  private final Deque<Long> attemptMillis = new ArrayDeque<>();
  private final Deque<SimRecord.Fault> faults = new ArrayDeque<>();
  private final Map<ClientFault, Long> faultCounts = new EnumMap<>(ClientFault.class);
  private final Deque<SessionLog> sessions = new ArrayDeque<>();
  private int connections;
  private long upgrades;
  private long ready;
  private int live;
  private int mostLive;
  private long bytesIn;
  private long bytesOut;

  /** An empty record. */
  public Recorder(LongSupplier clockMillis) {
    this.clockMillis = clockMillis;
  }

  /** A connection asks for an upgrade. */
  public synchronized SessionLog attempt() {
    long nowMillis = clockMillis.getAsLong();
    connections++;
    add(attemptMillis, nowMillis);
    long failures =
        sessions.stream()
            .filter(each -> each.failedSince(nowMillis - STORM_WINDOW_MILLIS, USEFUL_MILLIS))
            .count();
    if (failures >= STORM_FAILURES) {
      fault(
          ClientFault.RECONNECT_STORM,
          connections,
          failures + " connections failed in the last " + STORM_WINDOW_MILLIS + " ms");
    }
    SessionLog log = new SessionLog(connections, clockMillis);
    if (sessions.size() == MAX_SESSIONS) {
      sessions.removeFirst();
    }
    sessions.addLast(log);
    return log;
  }

  /** It got the upgrade. */
  public synchronized void upgraded() {
    upgrades++;
    live++;
    mostLive = Math.max(mostLive, live);
  }

  /** It got setupComplete. */
  public synchronized void ready(SessionLog log) {
    log.ready();
    ready++;
  }

  /** A connection is gone. */
  public synchronized void ended(SessionLog log, boolean wasUpgraded) {
    log.ended();
    live -= wasUpgraded ? 1 : 0;
  }

  /** Frames were received and sent. */
  public void bytes(SessionLog log, long in, long out) {
    log.bytes(in, out);
    synchronized (this) {
      bytesIn += in;
      bytesOut += out;
    }
  }

  /**
   * A client did something wrong.
   *
   * @param connection 0 if on none in particular
   * @param detail one line for a person; never a secret
   */
  public synchronized void fault(ClientFault kind, int connection, String detail) {
    add(faults, new SimRecord.Fault(kind, connection, clockMillis.getAsLong(), detail));
    faultCounts.merge(kind, 1L, Long::sum);
  }

  /** How many connections are open. */
  public synchronized int live() {
    return live;
  }

  /** The record as it is now. */
  public synchronized SimRecord snapshot() {
    return new SimRecord(
        connections,
        upgrades,
        ready,
        live,
        mostLive,
        bytesIn,
        bytesOut,
        List.copyOf(attemptMillis),
        List.copyOf(faults),
        faultCounts,
        sessions.stream().map(SessionLog::snapshot).toList());
  }

  /** Forgets what the clients did wrong; counts of connections stay. */
  public synchronized void forgetFaults() {
    faults.clear();
    faultCounts.clear();
  }

  private static <T> void add(Deque<T> entries, T entry) {
    if (entries.size() == MAX_ENTRIES) {
      entries.removeFirst();
    }
    entries.addLast(entry);
  }
}
