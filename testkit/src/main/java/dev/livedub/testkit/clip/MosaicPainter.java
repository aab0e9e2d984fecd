package dev.livedub.testkit.clip;

/** Paints what a person can follow: a running time code, a bouncing block, and the flash. */
final class MosaicPainter {
  private static final int DIGIT_COLUMNS = 3;
  private static final int DIGIT_ROWS = 5;
  private static final int BLOCK_TILES = 2;

  /** Rows of three bits for 0 to 9. */
  private static final int[][] DIGITS = {
    {7, 5, 5, 5, 7},
    {2, 6, 2, 2, 7},
    {7, 1, 7, 4, 7},
    {7, 1, 3, 1, 7},
    {5, 5, 7, 1, 1},
    {7, 4, 7, 1, 7},
    {7, 4, 7, 5, 7},
    {7, 1, 2, 2, 2},
    {7, 5, 7, 5, 7},
    {7, 5, 7, 1, 7},
  };

  private MosaicPainter() {}

  /**
   * Paints one picture.
   *
   * @param ticks its media time on the 90 kHz clock
   * @param index its number within the second
   */
  static void paint(Mosaic mosaic, FrameRate rate, long ticks, int index) {
    if (rate.isMark(ticks)) {
      mosaic.flash();
      return;
    }
    mosaic.dark();
    block(mosaic, ticks);
    code(mosaic, ticks / FrameRate.CLOCK_HZ, index);
  }

  private static void block(Mosaic mosaic, long ticks) {
    long steps = ticks / (FrameRate.CLOCK_HZ / 10);
    int left = bounce(steps, mosaic.columns() - BLOCK_TILES);
    int top = bounce(steps, mosaic.rows() - BLOCK_TILES);
    for (int i = 0; i < BLOCK_TILES * BLOCK_TILES; i++) {
      mosaic.tile(left + i % BLOCK_TILES, top + i / BLOCK_TILES, 110, 90, 190);
    }
  }

  private static int bounce(long steps, int room) {
    if (room <= 0) {
      return 0;
    }
    int at = (int) (steps % (2L * room));
    return at <= room ? at : 2 * room - at;
  }

  /** Seconds and picture, with minutes and hours where there is room for them. */
  private static void code(Mosaic mosaic, long seconds, int index) {
    int[] pairs = {
      (int) (seconds / 3_600 % 100), (int) (seconds / 60 % 60), (int) (seconds % 60), index % 100
    };
    int pairColumns = 2 * DIGIT_COLUMNS + 1;
    int shown = Math.min(pairs.length, Math.max(1, (mosaic.columns() + 1) / (pairColumns + 3)));
    int column = 1;
    for (int p = pairs.length - shown; p < pairs.length; p++) {
      digit(mosaic, column, pairs[p] / 10);
      digit(mosaic, column + DIGIT_COLUMNS + 1, pairs[p] % 10);
      column += pairColumns + 1;
      if (p < pairs.length - 1) {
        mosaic.tile(column, 2, 190, 100, 140);
        mosaic.tile(column, 4, 190, 100, 140);
      }
      column += 2;
    }
  }

  private static void digit(Mosaic mosaic, int column, int value) {
    for (int y = 0; y < DIGIT_ROWS; y++) {
      for (int x = 0; x < DIGIT_COLUMNS; x++) {
        if ((DIGITS[value][y] >> (DIGIT_COLUMNS - 1 - x) & 1) != 0) {
          mosaic.tile(column + x, 1 + y, 190, 100, 140);
        }
      }
    }
  }
}
