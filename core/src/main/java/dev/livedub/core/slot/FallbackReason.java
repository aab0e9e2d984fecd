package dev.livedub.core.slot;

import java.util.Locale;

/** Why a slot fell back. */
public enum FallbackReason {
  /** Nothing came before the slot went on air. */
  TIMEOUT,
  /** The translator failed. */
  ERROR,
  /** Sound was dropped before it was sent. */
  OVERLOAD,
  /** The output guard refused what came. */
  INVALID_OUTPUT,
  /** The circuit breaker was open. */
  BREAKER_OPEN,
  /** The money cap was reached. */
  BUDGET,
  /** The operator muted the dub. */
  MUTED;

  /** The value of the metric's label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
