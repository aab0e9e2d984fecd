package dev.livedub.testkit.rtsp;

/**
 * Hears of the publishers of a path.
 *
 * <p><b>Threading:</b> called under the path's lock, in order: returns at once.
 */
public interface PublisherListener {

  /** Hears nothing. */
  PublisherListener NONE =
      new PublisherListener() {
        @Override
        public void came(long publication) {}

        @Override
        public void left(long publication) {}
      };

  /**
   * A publisher sends from now on.
   *
   * @param publication counted per path from 1
   */
  void came(long publication);

  /** It is gone, and nobody has taken its place. */
  void left(long publication);
}
