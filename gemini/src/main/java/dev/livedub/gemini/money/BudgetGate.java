package dev.livedub.gemini.money;

import dev.livedub.core.time.Ticker;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Says when the money is spent: for the last hour, or for the whole run.
 *
 * <p>The hour slides in steps of a minute. Once its cap is reached, it opens again when a tenth of
 * the cap is free, so that a stream does not come and go with each minute.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class BudgetGate {

  private static final int MINUTES = 60;
  private static final long MINUTE_NANOS = 60_000_000_000L;
  private static final double REOPENS_BELOW = 0.9;

  private final Ticker ticker;
  private final OptionalDouble perHourUsd;
  private final OptionalDouble totalUsd;
  private final double[] spentByMinute = new double[MINUTES];
  private final long startNanos;
  private long minute;
  private double spentUsd;
  private boolean hourShut;

  /**
   * @param perHourUsd cap of any 60 minutes, empty for none
   * @param totalUsd cap of the run, empty for none
   */
  public BudgetGate(Ticker ticker, OptionalDouble perHourUsd, OptionalDouble totalUsd) {
    this.ticker = ticker;
    this.perHourUsd = perHourUsd;
    this.totalUsd = totalUsd;
    this.startNanos = ticker.nanos();
  }

  /** Notes money spent. */
  public void spend(double usd) {
    slide();
    spentByMinute[(int) (minute % MINUTES)] += usd;
    spentUsd += usd;
  }

  /** Spent in this run, in US dollars. */
  public double spentUsd() {
    return spentUsd;
  }

  /** Whether the run's own cap is reached: it never opens again. */
  public boolean isSpentForGood() {
    return totalUsd.isPresent() && spentUsd >= totalUsd.getAsDouble();
  }

  /** Why there must be no session now; empty if there may be one. */
  public Optional<String> shut() {
    if (isSpentForGood()) {
      return Optional.of(reason("budget of the run", totalUsd));
    }
    if (perHourUsd.isEmpty()) {
      return Optional.empty();
    }
    slide();
    double cap = perHourUsd.getAsDouble();
    hourShut = lastHourUsd() >= (hourShut ? REOPENS_BELOW * cap : cap);
    return hourShut ? Optional.of(reason("budget per hour", perHourUsd)) : Optional.empty();
  }

  private double lastHourUsd() {
    double sum = 0;
    for (double usd : spentByMinute) {
      sum += usd;
    }
    return sum;
  }

  private void slide() {
    long now = (ticker.nanos() - startNanos) / MINUTE_NANOS;
    for (long next = Math.max(minute + 1, now - MINUTES + 1); next <= now; next++) {
      spentByMinute[(int) (next % MINUTES)] = 0;
    }
    minute = now;
  }

  private static String reason(String which, OptionalDouble capUsd) {
    return which + " of $" + String.format(Locale.ROOT, "%.2f", capUsd.orElse(0)) + " is spent";
  }
}
