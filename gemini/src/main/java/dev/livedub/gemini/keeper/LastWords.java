package dev.livedub.gemini.keeper;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The old session after a hand-over: it hears silence and says what it still has to say, for a
 * bounded time.
 *
 * <p><b>Threading:</b> one thread.
 */
final class LastWords {

  /** What was said last takes this long to say, beyond the lag. */
  private static final long TALK_NANOS = 3_000_000_000L;

  private final SourceLine source;
  private final long atMostNanos;
  private final AnswerLag lag;
  private @Nullable Link old;
  private @Nullable Departure how;

  /**
   * @param atMost how long it may go on, if its last words are not known to take longer
   */
  LastWords(SourceLine source, Duration atMost, AnswerLag lag) {
    this.source = source;
    this.lag = lag;
    this.atMostNanos = atMost.toNanos();
  }

  /** Takes over a session that has heard its last source. */
  void begin(Link link, Departure departure) {
    link.endSource();
    old = link;
    how = departure;
  }

  /** The session, while there is one. */
  Optional<Link> link() {
    return Optional.ofNullable(old);
  }

  /** Whether it has said all, has taken too long, or says what must not be heard. */
  boolean isOver(long nowNanos) {
    Link link = old;
    Departure departure = how;
    return link != null
        && departure != null
        && (link.isDrained(nowNanos)
            || link.fault().isPresent()
            || nowNanos - departure.nanos() >= Math.max(atMostNanos, lag.nanos() + TALK_NANOS));
  }

  /** What came of the hand-over; there is no old session any more. */
  Optional<SessionChange> end(long nowNanos) {
    Link link = old;
    Departure departure = how;
    old = null;
    how = null;
    if (link == null || departure == null) {
      return Optional.empty();
    }
    long unheardMillis =
        link.isDrained(nowNanos)
            ? 0
            : source.speechMillis(
                link.answeredToMicros(), link.sentToMicros().orElse(Long.MIN_VALUE));
    return Optional.of(departure.change(departure.cause(), 0, unheardMillis, 0));
  }
}
