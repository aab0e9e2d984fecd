package dev.livedub.testkit.mp4;

/**
 * Takes a live stream piece by piece.
 *
 * <p><b>Threading:</b> one call at a time.
 */
public interface FragmentListener {

  /**
   * What follows is of this format; called before the first fragment, and when it changes.
   *
   * @param mimeType with its codecs
   * @param initSegment what a player must be given first
   */
  void format(String mimeType, byte[] initSegment);

  /** A fragment is complete. */
  void fragment(Fragment fragment);
}
