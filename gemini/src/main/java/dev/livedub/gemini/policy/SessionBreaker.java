package dev.livedub.gemini.policy;

import dev.livedub.core.time.Ticker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/**
 * The circuit breaker over sessions: opens when they fail again and again, lets one try after a
 * while, longer each time, and closes when that one translates.
 *
 * <p>A session counts as a success with its first audible translation and as a failure each time it
 * is lost; so sessions that live a while and are lost keep the breaker closed, and those that do
 * nothing open it.
 *
 * <p><b>Threading:</b> one owner changes it; {@link #gauge} may be read by any thread.
 */
public final class SessionBreaker {

  /** Sessions looked at. */
  static final int WINDOW = 4;

  /** Failures before it can open. */
  static final int FAILURES = 3;

  private static final float FAILURE_PERCENT = 75;

  private final CircuitBreaker breaker;

  /**
   * @param firstPause how long it stays open the first time, shortened or lengthened at random by
   *     up to a fifth
   * @param longestPause bound of the doubling
   */
  public SessionBreaker(Ticker ticker, Duration firstPause, Duration longestPause) {
    CircuitBreakerConfig config =
        CircuitBreakerConfig.custom()
            .slidingWindowType(SlidingWindowType.COUNT_BASED)
            .slidingWindowSize(WINDOW)
            .minimumNumberOfCalls(FAILURES)
            .failureRateThreshold(FAILURE_PERCENT)
            .permittedNumberOfCallsInHalfOpenState(1)
            .waitIntervalFunctionInOpenState(
                IntervalFunction.ofExponentialRandomBackoff(
                    firstPause.toMillis(), 2, 0.2, longestPause.toMillis()))
            .clock(new TickerClock(ticker))
            .currentTimestampFunction(clock -> ticker.nanos(), TimeUnit.NANOSECONDS)
            .build();
    breaker = CircuitBreaker.of("session", config);
  }

  /** Whether a session may be tried now. Asking may turn open into half-open: ask only to try. */
  public boolean tryPermission() {
    return breaker.getState() == CircuitBreaker.State.CLOSED || breaker.tryAcquirePermission();
  }

  /** Gives back a permission whose session ended without a verdict, neither good nor bad. */
  public void release() {
    if (breaker.getState() == CircuitBreaker.State.HALF_OPEN) {
      breaker.releasePermission();
    }
  }

  /** A session has translated. */
  public void succeeded() {
    breaker.onSuccess(0, TimeUnit.NANOSECONDS);
  }

  /** A session was lost or did nothing. */
  public void failed() {
    if (!isOpen()) {
      breaker.onError(0, TimeUnit.NANOSECONDS, SESSION_LOST);
    }
  }

  /** Whether nothing is tried for now. */
  public boolean isOpen() {
    return breaker.getState() == CircuitBreaker.State.OPEN;
  }

  /** 0 closed, 1 half-open, 2 open. */
  public int gauge() {
    return switch (breaker.getState()) {
      case OPEN, FORCED_OPEN -> 2;
      case HALF_OPEN -> 1;
      default -> 0;
    };
  }

  /** The breaker wants a throwable; it never looks into it. */
  private static final Exception SESSION_LOST = new SessionLost();

  private static final class SessionLost extends Exception {
    SessionLost() {
      super("session lost", null, false, false);
    }
  }

  /** The ticker as the clock that the library asks for. */
  private static final class TickerClock extends Clock {
    private final Ticker ticker;

    TickerClock(Ticker ticker) {
      this.ticker = ticker;
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH.plusNanos(ticker.nanos());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
