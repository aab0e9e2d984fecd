package dev.livedub.testkit.gemini.fault;

import java.time.Duration;

/**
 * A fault, whom it hits, and when.
 *
 * <p>Faults of the upgrade and of the set-up hit there, whatever the moment says; {@code
 * unreachable} and {@code concurrency-cap} concern all connections and take effect when ordered.
 *
 * @param target which connections
 * @param connection their number if there is one, counted from 1 by upgrade requests; otherwise 0
 * @param moment what {@code offset} counts from
 * @param offset of the simulator's clock, or of input sound
 */
public record FaultPlan(
    Target target, int connection, Moment moment, Duration offset, SimFault fault) {

  /** Which connections. */
  public enum Target {
    /** Those that are open now. */
    LIVE,
    /** The next to come. */
    NEXT,
    /** The one of a number. */
    CONNECTION,
    /** All that come from now on. */
    ALL
  }

  /** From when on the offset counts. */
  public enum Moment {
    /** From the client's set-up message, before it is answered. */
    BEFORE_SET_UP,
    /** From setupComplete; for connections that are open already, from now. */
    AFTER_SET_UP,
    /** From the beginning of the input sound, as much of it as was received. */
    MODEL_TIME
  }

  public FaultPlan {
    if (target == Target.CONNECTION && connection < 1) {
      throw new IllegalArgumentException("connection " + connection);
    }
    if (offset.isNegative()) {
      throw new IllegalArgumentException("offset " + offset);
    }
  }

  /** The fault hits the connections that are open now, at once. */
  public static FaultPlan live(SimFault fault) {
    return of(Target.LIVE, 0, fault);
  }

  /** The fault hits the next connection, right after setupComplete. */
  public static FaultPlan next(SimFault fault) {
    return of(Target.NEXT, 0, fault);
  }

  /** The fault hits the connection of that number, right after setupComplete. */
  public static FaultPlan connection(int number, SimFault fault) {
    return of(Target.CONNECTION, number, fault);
  }

  /** The fault hits all connections from now on, right after setupComplete. */
  public static FaultPlan all(SimFault fault) {
    return of(Target.ALL, 0, fault);
  }

  /** The same, between the client's set-up message and its answer. */
  public FaultPlan beforeSetUp() {
    return new FaultPlan(target, connection, Moment.BEFORE_SET_UP, Duration.ZERO, fault);
  }

  /** The same, so long after setupComplete; for open connections, so long from now. */
  public FaultPlan afterSetUp(Duration elapsed) {
    return new FaultPlan(target, connection, Moment.AFTER_SET_UP, elapsed, fault);
  }

  /** The same, when so much sound was received. */
  public FaultPlan atModelTime(Duration sound) {
    return new FaultPlan(target, connection, Moment.MODEL_TIME, sound, fault);
  }

  private static FaultPlan of(Target target, int connection, SimFault fault) {
    return new FaultPlan(target, connection, Moment.AFTER_SET_UP, Duration.ZERO, fault);
  }
}
