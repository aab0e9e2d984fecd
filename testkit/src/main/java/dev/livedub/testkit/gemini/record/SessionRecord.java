package dev.livedub.testkit.gemini.record;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of one connection. Times are milliseconds of the simulator's clock since its start.
 *
 * @param connection its number, counted from 1 by upgrade requests
 * @param model that was asked for; empty before the set-up message
 * @param targetLanguage that was asked for
 * @param resumed whether it took up another by its handle
 * @param openedMillis when the upgrade was asked for
 * @param readyMillis when setupComplete was sent
 * @param endedMillis when the connection was gone
 * @param end how it ended; empty while it lasts
 * @param inputMillis sound received
 * @param outputMillis sound sent
 * @param bytesIn received in WebSocket frames
 * @param bytesOut sent in WebSocket frames
 * @param heard numbers of the syllables that were understood in the input, in order; of the oldest
 *     only so many are kept
 * @param spoken numbers of the syllables that were said, in order; of the oldest only so many are
 *     kept
 */
public record SessionRecord(
    int connection,
    String model,
    Optional<String> targetLanguage,
    boolean resumed,
    long openedMillis,
    OptionalLong readyMillis,
    OptionalLong endedMillis,
    Optional<End> end,
    long inputMillis,
    long outputMillis,
    long bytesIn,
    long bytesOut,
    List<Integer> heard,
    List<Integer> spoken) {

  /**
   * How a connection ended.
   *
   * @param by who ended it
   * @param code close code or HTTP status; 0 if there was none
   */
  public record End(Side by, int code, String reason) {}

  /** The two ends of a connection. */
  public enum Side {
    CLIENT,
    SERVICE
  }
}
