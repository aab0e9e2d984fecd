package dev.livedub.orchestrator.lifecycle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Publishers that are known to be gone. Bounded: the last {@value #CAPACITY}.
 *
 * <p><b>Threading:</b> none; one owner.
 */
final class EndedSources {

  static final int CAPACITY = 64;

  /** How it is known that a publisher is gone. */
  enum How {
    /** It was said to be gone before it was said to be there: its <i>ready</i> was overtaken. */
    OVERTAKEN,
    /** It was there, and was said to be gone. */
    SAID,
    /** It was there, and another one took over. */
    REPLACED
  }

  private record Ended(How how, long millis) {}

  private final Map<String, Ended> sources =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Ended> eldest) {
          return size() > CAPACITY;
        }
      };

  /** Notes that a publisher is gone; one without a name is not noted. */
  void add(String sourceId, How how, long nowMillis) {
    if (!sourceId.isEmpty()) {
      sources.remove(sourceId);
      sources.put(sourceId, new Ended(how, nowMillis));
    }
  }

  /** How it is known that a publisher is gone; empty if it is not. */
  Optional<How> find(String sourceId) {
    return Optional.ofNullable(sources.get(sourceId)).map(Ended::how);
  }

  /** Whether a publisher was said to be gone at or after a time. */
  boolean endedSince(String sourceId, long millis) {
    Ended ended = sources.get(sourceId);
    return ended != null && ended.millis() >= millis;
  }

  /** Forgets a publisher. */
  void remove(String sourceId) {
    sources.remove(sourceId);
  }
}
