package dev.livedub.testkit.net;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The proof that a fault took place: what was ordered and when, and how often and when it hit.
 *
 * <p>Orders and single blows are entries; what hits packet by packet is only tallied. The oldest
 * entries are dropped beyond a fixed number, tallies never.
 *
 * <p>Threading: thread-safe.
 *
 * @param <K> the kinds of fault a server knows
 */
public final class FaultLog<K extends Enum<K>> {

  private static final int MAX_ENTRIES = 10_000;

  private final Deque<Entry<K>> entries = new ArrayDeque<>();
  private final Map<K, Tally> tallies;

  /** An empty log for the constants of {@code kinds}. */
  public FaultLog(Class<K> kinds) {
    tallies = new EnumMap<>(kinds);
  }

  /**
   * One order or blow.
   *
   * @param nanos {@link System#nanoTime} when it was given
   * @param detail one line for a person
   */
  public record Entry<K extends Enum<K>>(long nanos, K kind, String detail) {}

  /**
   * How often a fault hit.
   *
   * @param firstNanos {@link System#nanoTime} of the first hit; meaningless while {@code hits} is 0
   * @param lastNanos of the latest
   */
  public record Tally(long hits, long firstNanos, long lastNanos) {}

  /** Notes an order, which by itself has not hurt anybody yet. */
  public synchronized void ordered(K kind, String detail) {
    if (entries.size() == MAX_ENTRIES) {
      entries.removeFirst();
    }
    entries.addLast(new Entry<>(System.nanoTime(), kind, detail));
  }

  /** Tallies one hit. */
  public synchronized void hit(K kind) {
    hit(kind, 1);
  }

  /** Tallies hits that came at once; none if {@code hits} is 0. */
  public synchronized void hit(K kind, long hits) {
    if (hits == 0) {
      return;
    }
    long nowNanos = System.nanoTime();
    Tally before = tallies.get(kind);
    tallies.put(
        kind,
        before == null
            ? new Tally(hits, nowNanos, nowNanos)
            : new Tally(before.hits() + hits, before.firstNanos(), nowNanos));
  }

  /** All entries kept, oldest first. */
  public synchronized List<Entry<K>> entries() {
    return List.copyOf(entries);
  }

  /** The entries of one kind, oldest first. */
  public synchronized List<Entry<K>> entries(K kind) {
    return entries.stream().filter(entry -> entry.kind() == kind).toList();
  }

  /** How often {@code kind} hit so far. */
  public synchronized long hits(K kind) {
    return tally(kind).hits();
  }

  /** The tally of {@code kind}, with 0 hits if there was none. */
  public synchronized Tally tally(K kind) {
    return tallies.getOrDefault(kind, new Tally(0, 0, 0));
  }
}
