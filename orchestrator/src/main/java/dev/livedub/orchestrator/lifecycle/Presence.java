package dev.livedub.orchestrator.lifecycle;

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

  /** Whether a hook about this publisher was overtaken by one that said it is gone. */
  boolean hasEnded(Publisher who) {
    return ended.contains(who.sourceId());
  }

  /** Notes that somebody publishes; who was there before is gone. */
  void arrived(Publisher who, long nowMillis) {
    if (publisher.differsFrom(who.sourceId())) {
      ended.add(publisher.sourceId(), nowMillis);
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
    ended.add(sourceId, nowMillis);
    if (publisher.differsFrom(sourceId)) {
      return false;
    }
    ended.add(publisher.sourceId(), nowMillis);
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
