package dev.livedub.gemini.money;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What translation may cost, and whether it pauses where there is nothing to translate.
 *
 * @param prices of the model
 * @param budgetUsdPerHour cap of any 60 minutes, in US dollars; empty for none
 * @param budgetUsd cap of the run, in US dollars; empty for none
 * @param suspendAfter quiet after which sessions are closed until somebody speaks; empty for never
 * @param preRoll source sound from before the speech that is sent when it wakes a suspended stream
 */
public record MoneySettings(
    Prices prices,
    OptionalDouble budgetUsdPerHour,
    OptionalDouble budgetUsd,
    Optional<Duration> suspendAfter,
    Duration preRoll) {

  /** No caps, never suspended. */
  public static final MoneySettings DEFAULT =
      new MoneySettings(
          Prices.LIVE_TRANSLATE,
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          Optional.empty(),
          Duration.ofSeconds(1));

  public MoneySettings {
    check("budgetUsdPerHour", budgetUsdPerHour);
    check("budgetUsd", budgetUsd);
  }

  /** These with other caps. */
  public MoneySettings withBudget(OptionalDouble perHourUsd, OptionalDouble totalUsd) {
    return new MoneySettings(prices, perHourUsd, totalUsd, suspendAfter, preRoll);
  }

  /** These with another time of quiet before sessions are closed. */
  public MoneySettings withSuspendAfter(Optional<Duration> quiet) {
    return new MoneySettings(prices, budgetUsdPerHour, budgetUsd, quiet, preRoll);
  }

  private static void check(String name, OptionalDouble usd) {
    if (usd.isPresent() && !(usd.getAsDouble() > 0)) {
      throw new IllegalArgumentException(name + " " + usd.getAsDouble() + ", more than 0");
    }
  }
}
