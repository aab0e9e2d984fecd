package dev.livedub.gemini.policy;

import dev.livedub.core.time.Backoff;
import dev.livedub.core.time.Ticker;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.gemini.session.SessionEnd;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the next session may be tried, from how those before it ended.
 *
 * <p>A fatal end stops all attempts for good. A used-up quota stops them for a long while. Anything
 * else is tried again: at once the first time, then with growing pauses, until the breaker opens.
 *
 * <p><b>Threading:</b> one owner; {@link #breakerGauge} may be read by any thread.
 */
public final class RetryPolicy {

  private final Ticker ticker;
  private final RetrySettings settings;
  private final SessionBreaker breaker;
  private final Backoff backoff;
  private final Backoff busy;
  private boolean failedBefore;
  private long notBeforeNanos;
  private long quotaUntilNanos;
  private boolean overQuota;
  private @Nullable String fatal;

  /** A policy that has seen nothing yet. */
  public RetryPolicy(Ticker ticker, RetrySettings settings, RandomGenerator random) {
    this.ticker = ticker;
    this.settings = settings;
    this.breaker = new SessionBreaker(ticker, settings.breakerFirst(), settings.breakerLongest());
    this.backoff = new Backoff(settings.first(), settings.longest(), random);
    this.busy = new Backoff(settings.busyFirst(), settings.longest().multipliedBy(2), random);
    this.notBeforeNanos = ticker.nanos();
    this.quotaUntilNanos = notBeforeNanos;
  }

  /** Whether a session may be opened now; if so, the caller opens one. */
  public boolean mayOpen() {
    return fatal == null && isDue() && breaker.tryPermission();
  }

  /** A session has translated something audible: past failures are forgotten. */
  public void translated() {
    failedBefore = false;
    backoff.reset();
    busy.reset();
    breaker.succeeded();
  }

  /** A session ended, or was ended, because it did not do what it should. */
  public void failed() {
    breaker.failed();
    pause(failedBefore ? backoff.next() : Duration.ZERO);
    failedBefore = true;
  }

  /** A session was ended by us, or as announced; it says nothing about the next. */
  public void endedWell() {
    breaker.release();
  }

  /** The service ended a session. */
  public void ended(SessionEnd end) {
    switch (end.kind()) {
      case FATAL -> {
        fatal = end.reason();
        breaker.release();
      }
      case QUOTA -> {
        overQuota = true;
        quotaUntilNanos = ticker.nanos() + settings.quotaPause().toNanos();
        breaker.release();
      }
      case BACK_OFF -> {
        breaker.failed();
        failedBefore = true;
        pause(busy.next());
      }
      case STALE_HANDLE, PLANNED -> endedWell();
      case RETRY -> failed();
    }
  }

  /** Why no session may be tried now; empty if one may, or may soon. */
  public Optional<Health> block() {
    if (fatal != null) {
      return Optional.of(new Health(Health.State.FAILED, fatal));
    }
    if (overQuota && quotaUntilNanos - ticker.nanos() > 0) {
      String pause = settings.quotaPause().toMinutes() + " min";
      return Optional.of(
          new Health(Health.State.FAILING, "quota used up; tried again after " + pause));
    }
    if (breaker.isOpen()) {
      return Optional.of(
          new Health(
              Health.State.FAILING,
              Health.Cause.BREAKER_OPEN,
              "sessions failed repeatedly; left alone for a while"));
    }
    return Optional.empty();
  }

  /** State of the breaker: 0 closed, 1 half-open, 2 open. */
  public int breakerGauge() {
    return breaker.gauge();
  }

  private boolean isDue() {
    long now = ticker.nanos();
    return now - notBeforeNanos >= 0 && now - quotaUntilNanos >= 0;
  }

  private void pause(Duration pause) {
    notBeforeNanos = ticker.nanos() + pause.toNanos();
  }
}
