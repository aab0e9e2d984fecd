package dev.livedub.gemini.money;

/**
 * What a model's tokens cost.
 *
 * @param inputUsdPerMillion US dollars for a million tokens of input sound
 * @param outputUsdPerMillion US dollars for a million tokens of output sound
 */
public record Prices(double inputUsdPerMillion, double outputUsdPerMillion) {

  /**
   * Tokens that a second of sound counts for, in either direction (Google's documentation of the
   * Live API, November 2026).
   */
  public static final double TOKENS_PER_SECOND = 25;

  /** Live Translate as listed by Google in November 2026; output silence is paid as well. */
  public static final Prices LIVE_TRANSLATE = new Prices(3.50, 21);

  /** Price of tokens, in US dollars. */
  public double usd(double inputTokens, double outputTokens) {
    return (inputTokens * inputUsdPerMillion + outputTokens * outputUsdPerMillion) / 1e6;
  }
}
