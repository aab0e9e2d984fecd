package dev.livedub.gemini.money;

import dev.livedub.core.translate.TranslatorEvent.Usage;
import java.util.Optional;

/**
 * What one session has cost so far, from the service's counts or, without them, from seconds.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class CostMeter {

  private final Prices prices;
  private final TokenCount input = new TokenCount();
  private final TokenCount output = new TokenCount();
  private double inputRest;
  private double outputRest;

  /** A meter of a session that has used nothing. */
  public CostMeter(Prices prices) {
    this.prices = prices;
  }

  /** Notes sound that was sent. */
  public void sent(double seconds) {
    input.sound(seconds);
  }

  /** Notes sound that came. */
  public void received(double seconds) {
    output.sound(seconds);
  }

  /** Notes the service's own counts, as it said them. */
  public void reported(long inputTokens, long outputTokens) {
    input.reported(inputTokens);
    output.reported(outputTokens);
  }

  /**
   * What is new since this was last asked, in whole tokens.
   *
   * @param ended whether the session is over, so that what was not counted yet never will be
   */
  public Optional<Usage> take(boolean ended) {
    inputRest += input.take(ended);
    outputRest += output.take(ended);
    long in = (long) inputRest;
    long out = (long) outputRest;
    if (in == 0 && out == 0) {
      return Optional.empty();
    }
    inputRest -= in;
    outputRest -= out;
    return Optional.of(new Usage(in, out, prices.usd(in, out)));
  }
}
