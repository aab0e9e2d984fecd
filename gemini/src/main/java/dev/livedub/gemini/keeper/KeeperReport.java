package dev.livedub.gemini.keeper;

import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Told what a keeper does, for meters and log.
 *
 * <p><b>Threading:</b> called by the keeper's thread. Never blocks.
 */
public interface KeeperReport {

  /** A report that nobody reads. */
  KeeperReport NONE =
      new KeeperReport() {
        @Override
        public void breaker(IntSupplier gauge) {}

        @Override
        public void changed(SessionChange change) {}

        @Override
        public void lost(String reason) {}

        @Override
        public void answered(Duration roundTrip) {}

        @Override
        public void suspended(Duration lasted) {}

        @Override
        public void overloaded(long chunks) {}

        @Override
        public void tick() {}
      };

  /** Where the breaker's state can be read: 0 closed, 1 half-open, 2 open. */
  void breaker(IntSupplier gauge);

  /** One session has followed another. */
  void changed(SessionChange change);

  /** A session could not be opened, or was lost; says why. */
  void lost(String reason);

  /** Speech was answered: from its being sent to the first audible output it caused. */
  void answered(Duration roundTrip);

  /** A suspension is over. */
  void suspended(Duration lasted);

  /** Source sound was dropped before it was sent. */
  void overloaded(long chunks);

  /** Ten times a second or so: time to say what was kept back. */
  void tick();
}
