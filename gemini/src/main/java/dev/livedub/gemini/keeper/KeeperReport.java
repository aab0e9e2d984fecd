package dev.livedub.gemini.keeper;

import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Told what a keeper does, for meters and log; what is not asked for is passed over.
 *
 * <p><b>Threading:</b> called by the keeper's thread. Never blocks.
 */
public interface KeeperReport {

  /** A report that nobody reads. */
  KeeperReport NONE = new KeeperReport() {};

  /** Where the breaker's state can be read: 0 closed, 1 half-open, 2 open. */
  default void breaker(IntSupplier gauge) {}

  /** One session has followed another. */
  default void changed(SessionChange change) {}

  /** A session could not be opened, or was lost; says why. */
  default void lost(String reason) {}

  /** Speech was answered: from its being sent to the first audible output it caused. */
  default void answered(Duration roundTrip) {}

  /** A suspension is over. */
  default void suspended(Duration lasted) {}

  /** Source sound was dropped before it was sent. */
  default void overloaded(long chunks) {}

  /** Ten times a second or so: time to say what was kept back. */
  default void tick() {}
}
