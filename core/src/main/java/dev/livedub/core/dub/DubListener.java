package dev.livedub.core.dub;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.translate.TranslatorEvent.Health;

/**
 * Hears what a translator says besides its voice. Implementations return at once and never throw.
 *
 * <p><b>Threading:</b> called on any thread; each kind of event one at a time.
 */
public interface DubListener {

  /** Keeps nothing. */
  DubListener NONE = new DubListener() {};

  /** The translator's condition, each time it is said. */
  default void onHealth(Health health) {}

  /**
   * Whether the voice is taken out of the original under a dub from now on; if not, the original is
   * ducked. Said at each change.
   */
  default void onBackground(boolean separated) {}

  /** A sentence, once it is known when it is heard. */
  default void onCaption(Caption caption) {}
}
