package dev.livedub.orchestrator.http.server;

/**
 * Where a server counts.
 *
 * <p><b>Threading:</b> any thread; never blocks.
 */
public interface ServerMeters {

  /** Keeps nothing. */
  ServerMeters NONE =
      new ServerMeters() {
        @Override
        public void answered(int status) {}

        @Override
        public void connections(int held) {}

        @Override
        public void evicted() {}

        @Override
        public void dropped() {}
      };

  /** A request was answered. */
  void answered(int status);

  /** So many connections are held now. */
  void connections(int held);

  /** A connection that waited had to make room for another. */
  void evicted();

  /** A listener of a live answer was dropped because it did not read. */
  void dropped();
}
