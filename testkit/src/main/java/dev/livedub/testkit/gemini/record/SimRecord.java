package dev.livedub.testkit.gemini.record;

import java.util.List;
import java.util.Map;

/**
 * What the service saw of its clients, at one moment.
 *
 * @param connections TCP connections that asked for an upgrade
 * @param upgrades how many of them got it
 * @param sessions how many of them got setupComplete
 * @param live how many are open now, between upgrade and end
 * @param mostLive how many were, at most
 * @param bytesIn received in WebSocket frames
 * @param bytesOut sent in WebSocket frames
 * @param attemptMillis when each upgrade was asked for, milliseconds of the simulator's clock since
 *     its start; of the oldest only so many are kept
 * @param faults what the clients did wrong, in order; of the oldest only so many are kept
 * @param faultCounts how often each kind; none is forgotten
 * @param sessionRecords the connections, in order; of the oldest only so many are kept
 */
public record SimRecord(
    long connections,
    long upgrades,
    long sessions,
    int live,
    int mostLive,
    long bytesIn,
    long bytesOut,
    List<Long> attemptMillis,
    List<Fault> faults,
    Map<ClientFault, Long> faultCounts,
    List<SessionRecord> sessionRecords) {

  public SimRecord {
    faultCounts = Map.copyOf(faultCounts);
  }

  /**
   * One thing that a client did wrong.
   *
   * @param connection on which; 0 if on none in particular
   * @param atMillis when, by the simulator's clock
   * @param detail one line for a person; never a secret
   */
  public record Fault(ClientFault kind, int connection, long atMillis, String detail) {}

  /** How often a kind of fault was seen. */
  public long count(ClientFault kind) {
    return faultCounts.getOrDefault(kind, 0L);
  }

  /** Whether the clients did nothing wrong. */
  public boolean isClean() {
    return faultCounts.isEmpty();
  }

  /** The record of a connection; the oldest may have been forgotten. */
  public SessionRecord session(int connection) {
    return sessionRecords.stream()
        .filter(session -> session.connection() == connection)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("connection " + connection));
  }
}
