package dev.livedub.testkit.clip;

/**
 * Residuals of a single DC coefficient: what level gives which step, and its CAVLC code (H.264
 * clauses 8.5.10, 8.5.11 and 9.2), all at {@link ParameterSets#QP}.
 */
final class DcResidual {
  private static final int LEVEL_SCALE = 160;
  private static final int LUMA_GAIN = LEVEL_SCALE >> (6 - ParameterSets.QP / 6);
  private static final int CHROMA_GAIN = (LEVEL_SCALE << (ParameterSets.QP / 6)) >> 5;

  private DcResidual() {}

  /** The luma level that raises a macroblock by {@code step}. */
  static int lumaLevel(int step) {
    return levelFor(step, LUMA_GAIN);
  }

  /** The chroma level that raises a plane of a macroblock by {@code step}. */
  static int chromaLevel(int step) {
    return levelFor(step, CHROMA_GAIN);
  }

  /** The step of a luma level. */
  static int luma(int level) {
    return (level * LUMA_GAIN + 32) >> 6;
  }

  /** The step of a chroma level. */
  static int chroma(int level) {
    return (level * CHROMA_GAIN + 32) >> 6;
  }

  private static int levelFor(int step, int gain) {
    if (step == 0) {
      return 0;
    }
    int level = Math.round(step * 64f / gain);
    while ((level * gain + 32) >> 6 < step) {
      level++;
    }
    while ((level * gain + 32) >> 6 > step) {
      level--;
    }
    return level;
  }

  /**
   * Writes Intra16x16DCLevel.
   *
   * @param besideNoise whether the left or upper neighbour is I_PCM, which counts as 16
   *     coefficients and so chooses the table of fixed length
   */
  static void writeLuma(BitWriter out, int level, boolean besideNoise) {
    boolean one = Math.abs(level) == 1;
    if (besideNoise) {
      out.bits(level == 0 ? 3 : one ? 1 : 0, 6);
    } else if (level == 0) {
      out.bit(1);
    } else if (one) {
      out.bits(1, 2);
    } else {
      out.bits(5, 6);
    }
    writeLevel(out, level);
  }

  /** Writes the DC levels of a chroma plane, of which only the first is set. */
  static void writeChroma(BitWriter out, int level) {
    if (level == 0) {
      out.bits(1, 2);
    } else if (Math.abs(level) == 1) {
      out.bit(1);
    } else {
      out.bits(7, 6);
    }
    writeLevel(out, level);
  }

  private static void writeLevel(BitWriter out, int level) {
    if (level == 0) {
      return;
    }
    if (Math.abs(level) == 1) {
      out.flag(level < 0); // trailing_ones_sign_flag
    } else {
      // The first level that is no trailing one is at least 2, hence 2 less (clause 9.2.2.1).
      int code = (level > 0 ? 2 * level - 2 : -2 * level - 1) - 2;
      if (code < 14) {
        prefix(out, code);
      } else if (code < 30) {
        prefix(out, 14);
        out.bits(code - 14, 4);
      } else {
        prefix(out, 15);
        out.bits(code - 30, 12);
      }
    }
    out.bit(1); // total_zeros: none
  }

  private static void prefix(BitWriter out, int zeros) {
    out.bits(0, zeros);
    out.bit(1);
  }
}
