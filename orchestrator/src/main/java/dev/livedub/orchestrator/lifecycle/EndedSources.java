package dev.livedub.orchestrator.lifecycle;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Publishers that are known to be gone, so that a <i>ready</i> which was overtaken by its own
 * <i>not-ready</i> starts nothing. Bounded: the last {@value #CAPACITY}.
 *
 * <p><b>Threading:</b> none; one owner.
 */
final class EndedSources {

  static final int CAPACITY = 64;

  private final Map<String, Long> endedMillis =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > CAPACITY;
        }
      };

  /** Notes that a publisher is gone; one without a name is not noted. */
  void add(String sourceId, long nowMillis) {
    if (!sourceId.isEmpty()) {
      endedMillis.remove(sourceId);
      endedMillis.put(sourceId, nowMillis);
    }
  }

  /** Whether a publisher is gone. */
  boolean contains(String sourceId) {
    return endedMillis.containsKey(sourceId);
  }

  /** Whether a publisher was said to be gone at or after a time. */
  boolean endedSince(String sourceId, long millis) {
    Long ended = endedMillis.get(sourceId);
    return ended != null && ended >= millis;
  }

  /** Notes that a publisher is there after all. */
  void remove(String sourceId) {
    endedMillis.remove(sourceId);
  }
}
