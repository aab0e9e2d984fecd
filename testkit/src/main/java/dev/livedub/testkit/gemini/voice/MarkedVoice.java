package dev.livedub.testkit.gemini.voice;

/**
 * Who speaks. The partials of the two voices lie 50 Hz apart, so that each can be read while the
 * other speaks over it.
 */
public enum MarkedVoice {
  /** The speaker: a pulse at 100 Hz. */
  SOURCE(0),
  /** The interpreter: the same raised by 50 Hz, which sounds hollow. */
  DUB(50);

  /** Partials of a voice; the grid's first is at 200 Hz. */
  static final int PARTIALS = 40;

  /** Every partial of either voice is a multiple of this; so 20 ms are a period of both. */
  static final int GRID_HZ = 50;

  private static final int SPACING_HZ = 100;
  private static final int LOWEST_HZ = 200;

  private final int offsetHz;

  MarkedVoice(int offsetHz) {
    this.offsetHz = offsetHz;
  }

  /** Frequency of the partial {@code index}, from 0. */
  int partialHz(int index) {
    return LOWEST_HZ + index * SPACING_HZ + offsetHz;
  }

  /** The same as a multiple of {@link #GRID_HZ}. */
  int harmonic(int index) {
    return partialHz(index) / GRID_HZ;
  }
}
