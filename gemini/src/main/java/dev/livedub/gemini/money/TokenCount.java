package dev.livedub.gemini.money;

/**
 * Tokens of one direction of one session, from counts whose meaning is not documented, or from
 * seconds where none come.
 *
 * <p>The service's counts were seen to be sums since the session began and to be counts since the
 * last message. What was said is compared with what the sound exchanged since then must have cost:
 * the reading that is nearer is taken, message by message. Where nothing is said for {@link
 * #SILENT_SECONDS}, seconds of sound are counted instead, until a message catches up.
 *
 * <p><b>Threading:</b> one thread.
 */
final class TokenCount {

  /** How much sound may go by without a word before it is counted by its seconds. */
  static final double SILENT_SECONDS = 15;

  private double said;
  private double lastValue;
  private double secondsAtLast;
  private double seconds;
  private double billed;

  /** Notes sound of this direction. */
  void sound(double soundSeconds) {
    seconds += soundSeconds;
  }

  /** Notes what the service says. */
  void reported(long value) {
    double expected = (seconds - secondsAtLast) * Prices.TOKENS_PER_SECOND;
    double asSum = value - lastValue;
    boolean isSum = asSum >= 0 && Math.abs(asSum - expected) <= Math.abs(value - expected);
    said += isSum ? asSum : value;
    lastValue = isSum ? value : Math.max(lastValue, value);
    secondsAtLast = seconds;
  }

  /** Tokens since this was last asked. */
  double take(boolean ended) {
    double unsaid = seconds - secondsAtLast;
    boolean estimate = ended || unsaid >= SILENT_SECONDS;
    double total = said + (estimate ? unsaid * Prices.TOKENS_PER_SECOND : 0);
    double delta = Math.max(0, total - billed);
    billed += delta;
    return delta;
  }
}
