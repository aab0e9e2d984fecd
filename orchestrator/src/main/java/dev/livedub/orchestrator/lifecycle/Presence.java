package dev.livedub.orchestrator.lifecycle;

import dev.livedub.orchestrator.lifecycle.EndedSources.How;
import java.util.Optional;

/**
 * What is known of a stream's publisher, from words that come twice, late and out of order. A
 * publisher's session has a name, so what is said of one that is gone, or that another one
 * replaced, can be told from what is news; where a name is missing, the last word holds.
 *
 * <p><b>Threading:</b> none; one owner.
 */
final class Presence {

  private final EndedSources ended = new EndedSources();
  private Publisher publisher = Publisher.UNKNOWN;
  private boolean present;
  private long arrivedMillis = Long.MIN_VALUE;
  private boolean held;
  private String heldSourceId = "";

  /** Who publishes, or did last. */
  Publisher publisher() {
    return publisher;
  }

  /** Whether somebody publishes, as was said last. */
  boolean isPresent() {
    return present;
  }

  /** Whether this is the one who publishes already. */
  boolean isKnown(Publisher who) {
    return present && publisher.isSame(who.sourceId());
  }

  /**
   * Whether a hook that says that this publisher is there is out of date. One that was said to be
   * gone, after it was there, may come again, unless it is somebody whom an operator has stopped.
   */
  boolean isOutdated(Publisher who) {
    Optional<How> how = ended.find(who.sourceId());
    if (how.equals(Optional.of(How.OVERTAKEN))) {
      ended.remove(who.sourceId());
      return true;
    }
    return how.isPresent() && (held || how.get() == How.REPLACED);
  }

  /** Notes that somebody publishes; who was there before is gone. */
  void arrived(Publisher who, long nowMillis) {
    if (publisher.differsFrom(who.sourceId())) {
      ended.add(publisher.sourceId(), How.REPLACED, nowMillis);
    }
    ended.remove(who.sourceId());
    publisher = who;
    present = true;
    arrivedMillis = nowMillis;
  }

  /** Notes that somebody of whom nothing is known publishes. */
  void found(long nowMillis) {
    present = true;
    arrivedMillis = nowMillis;
  }

  /**
   * Notes that a publisher is gone.
   *
   * @param sourceId empty if it was not said which
   * @return whether it was the one who publishes
   */
  boolean left(String sourceId, long nowMillis) {
    if (publisher.differsFrom(sourceId) || (publisher.sourceId().isEmpty() && !present)) {
      ended.add(sourceId, ended.find(sourceId).orElse(How.OVERTAKEN), nowMillis);
      return false;
    }
    ended.add(sourceId, How.SAID, nowMillis);
    ended.add(publisher.sourceId(), How.SAID, nowMillis);
    held = false;
    present = false;
    return true;
  }

  /** Whether something newer was said than what was seen at a time. */
  boolean isNewsSince(Optional<Publisher> seen, long millis) {
    return seen.isPresent()
        ? ended.endedSince(seen.get().sourceId(), millis)
        : arrivedMillis >= millis;
  }

  /** Starts nothing for the one who publishes now, until somebody else does or it is let go. */
  void hold() {
    held = true;
    heldSourceId = publisher.sourceId();
  }

  /** Ends {@link #hold}. */
  void letGo() {
    held = false;
  }

  /**
   * Whether nothing may be started for this publisher.
   *
   * @param byHook whether it has come just now, so that one without a name is somebody new
   */
  boolean isHeld(Publisher who, boolean byHook) {
    if (held && present && !byHook && heldSourceId.isEmpty()) {
      heldSourceId = who.sourceId();
    }
    boolean unnamed = who.sourceId().isEmpty() && present && !byHook;
    return held && (unnamed || who.isSame(heldSourceId));
  }
}
