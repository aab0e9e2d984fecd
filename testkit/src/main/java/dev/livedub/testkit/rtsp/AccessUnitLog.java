package dev.livedub.testkit.rtsp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What pictures a path passed on and when: the tap at the source side of a measurement.
 *
 * <p>Off at first, because hashing costs time. Bounded: the oldest pictures are dropped. Concerns
 * H.264 and H.265 streams only.
 *
 * <p>Threading: thread-safe.
 */
public final class AccessUnitLog {

  private final Deque<AccessUnit> units = new ArrayDeque<>();
  private int capacity;
  private long recorded;
  private volatile boolean enabled;

  AccessUnitLog() {}

  /**
   * Records from the next whole picture on.
   *
   * @param newCapacity how many pictures are kept
   */
  public synchronized void enable(int newCapacity) {
    if (newCapacity < 1) {
      throw new IllegalArgumentException("capacity " + newCapacity);
    }
    capacity = newCapacity;
    enabled = true;
  }

  /** Stops recording; what was recorded stays. */
  public void disable() {
    enabled = false;
  }

  /** Whether pictures are recorded. */
  public boolean isEnabled() {
    return enabled;
  }

  /** The pictures kept, oldest first. */
  public synchronized List<AccessUnit> units() {
    return List.copyOf(units);
  }

  /** How many pictures were recorded, kept or not. */
  public synchronized long recorded() {
    return recorded;
  }

  /** Forgets all pictures. */
  public synchronized void clear() {
    units.clear();
    recorded = 0;
  }

  synchronized void add(AccessUnit unit) {
    while (units.size() >= capacity) {
      units.removeFirst();
    }
    units.addLast(unit);
    recorded++;
  }
}
