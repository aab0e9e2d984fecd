package dev.livedub.gemini.transport;

/**
 * Why a connection did not come about, or broke.
 *
 * @param httpStatus answer to the upgrade if it was refused, else {@link #NO_STATUS}
 * @param message what happened, for a person, as the peer or the system worded it
 */
public record ConnectionFailure(int httpStatus, String message) {

  /** Stands for a failure other than a refused upgrade. */
  public static final int NO_STATUS = 0;
}
