package dev.livedub.gemini.keeper;

import java.util.OptionalLong;

/**
 * A session that is gone, or going, and not yet reported.
 *
 * @param nanos when it ceased to hear the source
 * @param ageNanos how long it had been live then
 * @param speechMillis source speech that it, or those before it, have dealt with
 * @param answeredMicros end of the source that it has probably answered; empty if it heard none
 */
record Departure(
    RotationCause cause,
    String reason,
    long nanos,
    long ageNanos,
    long speechMillis,
    OptionalLong answeredMicros) {

  /** One that is closed because it is not needed: nothing is missed and nothing repeated. */
  static Departure unneeded(String reason, long nanos, long ageNanos) {
    return new Departure(
        RotationCause.SUSPENDED, reason, nanos, ageNanos, Long.MAX_VALUE, OptionalLong.empty());
  }

  /** One that was or will be lost. */
  static Departure of(
      RotationCause cause, String reason, Link link, SourceLine source, long nowNanos) {
    OptionalLong answered =
        link.sentToMicros().isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(link.answeredToMicros());
    return new Departure(
        cause,
        reason,
        nowNanos,
        nowNanos - link.liveNanos(),
        source.speechMillisBefore(answered.orElse(Long.MAX_VALUE)),
        answered);
  }

  SessionChange change(RotationCause as, long gapNanos, long holeMillis, long repeatedMillis) {
    return new SessionChange(
        as,
        reason,
        ageNanos / 1_000_000_000L,
        gapNanos / 1_000_000,
        Math.max(0, holeMillis),
        repeatedMillis);
  }
}
