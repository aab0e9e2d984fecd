package dev.livedub.testkit.clip;

import java.util.Arrays;

/** What a picture should show: a colour for every macroblock. Not for use by several threads. */
final class Mosaic {
  static final int WHITE = 235;
  private static final int NEUTRAL = 128;

  private final int columns;
  private final int rows;
  private final int[] luma;
  private final int[] cb;
  private final int[] cr;
  private final boolean[] ground;

  Mosaic(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
    luma = new int[columns * rows];
    cb = new int[columns * rows];
    cr = new int[columns * rows];
    ground = new boolean[columns * rows];
  }

  int columns() {
    return columns;
  }

  int rows() {
    return rows;
  }

  int luma(int i) {
    return luma[i];
  }

  int cb(int i) {
    return cb[i];
  }

  int cr(int i) {
    return cr[i];
  }

  /** Whether noise of about the same brightness may stand here. */
  boolean ground(int i) {
    return ground[i];
  }

  /** Makes everything white. */
  void flash() {
    Arrays.fill(luma, WHITE);
    Arrays.fill(cb, NEUTRAL);
    Arrays.fill(cr, NEUTRAL);
    Arrays.fill(ground, true);
  }

  /** Makes everything dark, in slightly uneven tiles. */
  void dark() {
    for (int i = 0; i < luma.length; i++) {
      luma[i] = 26 + (i % columns * 5 + i / columns * 3) % 12;
    }
    Arrays.fill(cb, NEUTRAL + 4);
    Arrays.fill(cr, NEUTRAL - 2);
    Arrays.fill(ground, true);
  }

  /** Colours one tile; one outside is left out. */
  void tile(int column, int row, int lumaLevel, int cbLevel, int crLevel) {
    if (column < 0 || column >= columns || row < 0 || row >= rows) {
      return;
    }
    int i = row * columns + column;
    luma[i] = lumaLevel;
    cb[i] = cbLevel;
    cr[i] = crLevel;
    ground[i] = false;
  }
}
