package dev.livedub.testkit.clip;

import java.util.Arrays;
import java.util.Random;

/**
 * Codes mosaic pictures as H.264 slices: a macroblock that already shows what it should is skipped,
 * any other one is Intra16x16 with a luma and two chroma DC coefficients, and noise is I_PCM. It
 * keeps what a decoder would have reconstructed, since prediction works on that.
 *
 * <p><b>Threading</b>: not for use by several threads.
 */
final class PictureCoder {
  private static final int NOISE_BITS = 256 * 8 + 128 * 8 + 24;
  private static final int NOISE_TOLERANCE = 24;
  private static final int I_PCM = 25;
  private static final int NEUTRAL = 128;

  private final int columns;
  private final int rows;
  private final int noiseCapacity;
  private final Random random;
  private final byte[] flatChroma = new byte[128];

  private Macroblock[] older;
  private Macroblock[] newer;
  private Macroblock[] current;
  private boolean[] pcm;
  private int idrCount;

  PictureCoder(int width, int height, int noiseCapacity, long seed) {
    columns = (width + 15) / 16;
    rows = (height + 15) / 16;
    this.noiseCapacity = Math.min(noiseCapacity, columns * rows / 2);
    random = new Random(seed);
    Arrays.fill(flatChroma, (byte) NEUTRAL);
    older = new Macroblock[columns * rows];
    newer = older;
    current = older;
    pcm = new boolean[columns * rows];
  }

  int columns() {
    return columns;
  }

  int rows() {
    return rows;
  }

  /**
   * Codes one picture. Pictures come in decoding order; a B picture lies between the two references
   * coded last.
   *
   * @param frameNum frame_num
   * @param order the picture's place in its GOP as shown
   * @param target what to show
   * @param budgetBits the size to fill up to with noise
   * @return the slice as Annex B
   */
  byte[] encode(PictureKind kind, int frameNum, int order, Mosaic target, int budgetBits) {
    BitWriter out = new BitWriter();
    header(out, kind, frameNum, order);
    current = new Macroblock[columns * rows];
    pcm = new boolean[columns * rows];
    int strip = columns * rows - noiseCapacity;
    int skipped = 0;
    int noisy = 0;
    int offset = noiseCapacity == 0 ? 0 : random.nextInt(noiseCapacity);
    for (int i = 0; i < current.length; i++) {
      if (i == strip) {
        noisy = Math.max(0, Math.min(noiseCapacity, (budgetBits - out.bitCount()) / NOISE_BITS));
      }
      boolean makeNoise = i >= strip && (i - strip + offset) % noiseCapacity < noisy;
      Macroblock shown = kind == PictureKind.IDR ? null : unchanged(kind, i);
      if (!makeNoise && shown != null && fits(shown, target, i)) {
        current[i] = shown;
        skipped++;
        continue;
      }
      if (kind != PictureKind.IDR) {
        out.ue(skipped);
        skipped = 0;
      }
      if (makeNoise) {
        writeNoise(out, kind, i, target);
      } else {
        writeFlat(out, kind, i, target);
      }
    }
    if (skipped > 0) {
      out.ue(skipped);
    }
    if (kind != PictureKind.B) {
      older = newer;
      newer = current;
    }
    return out.toAnnexB(kind.refIdc, kind.nalType);
  }

  /** slice_header of clause 7.3.3. */
  private void header(BitWriter out, PictureKind kind, int frameNum, int order) {
    out.ue(0); // first_mb_in_slice
    out.ue(kind.sliceType);
    out.ue(0); // pic_parameter_set_id
    out.bits(frameNum, ParameterSets.COUNTER_BITS);
    if (kind == PictureKind.IDR) {
      out.ue(idrCount++ & 1); // idr_pic_id: neighbours differ
    }
    out.bits(2L * order, ParameterSets.COUNTER_BITS); // pic_order_cnt_lsb
    if (kind == PictureKind.B) {
      out.flag(true); // direct_spatial_mv_pred_flag
    }
    if (kind != PictureKind.IDR) {
      out.flag(false); // num_ref_idx_active_override_flag
      out.flag(false); // ref_pic_list_modification_flag_l0
    }
    if (kind == PictureKind.B) {
      out.flag(false); // ref_pic_list_modification_flag_l1
    }
    if (kind == PictureKind.IDR) {
      out.bits(0, 2); // no_output_of_prior_pics_flag, long_term_reference_flag
    } else if (kind == PictureKind.P) {
      out.flag(false); // adaptive_ref_pic_marking_mode_flag
    }
    out.se(0); // slice_qp_delta
    out.ue(1); // disable_deblocking_filter_idc
  }

  /**
   * What skipping would show. With nothing but skipped and intra neighbours every predicted vector
   * is zero, so it is the reference itself, or the mean of both.
   */
  private Macroblock unchanged(PictureKind kind, int i) {
    return kind == PictureKind.P ? newer[i] : Macroblock.average(older[i], newer[i]);
  }

  private static boolean fits(Macroblock shown, Mosaic target, int i) {
    if (shown.isNoise()) {
      return target.ground(i) && Math.abs(shown.luma() - target.luma(i)) <= NOISE_TOLERANCE;
    }
    return shown.luma() == target.luma(i)
        && shown.cb() == target.cb(i)
        && shown.cr() == target.cr(i);
  }

  private void writeNoise(BitWriter out, PictureKind kind, int i, Mosaic target) {
    byte[] samples = new byte[256];
    random.nextBytes(samples);
    int base = Math.max(17, Math.min(203, target.luma(i) - 16));
    for (int k = 0; k < samples.length; k++) {
      samples[k] = (byte) (base + (samples[k] & 31));
    }
    out.ue(I_PCM + kind.intraTypeOffset);
    out.alignWithZeros();
    out.bytes(samples);
    out.bytes(flatChroma);
    current[i] = Macroblock.noise(samples);
    pcm[i] = true;
  }

  private void writeFlat(BitWriter out, PictureKind kind, int i, Mosaic target) {
    boolean hasLeft = i % columns > 0;
    boolean hasTop = i >= columns;
    int lumaPrediction = predictedLuma(i, hasLeft, hasTop);
    // Horizontal and vertical prediction keep chroma flat, where DC would mix both neighbours.
    int chromaMode = hasLeft ? 1 : hasTop ? 2 : 0;
    int cb = hasLeft ? current[i - 1].cb() : hasTop ? current[i - columns].cb() : NEUTRAL;
    int cr = hasLeft ? current[i - 1].cr() : hasTop ? current[i - columns].cr() : NEUTRAL;
    int lumaLevel = DcResidual.lumaLevel(target.luma(i) - lumaPrediction);
    int cbLevel = DcResidual.chromaLevel(target.cb(i) - cb);
    int crLevel = DcResidual.chromaLevel(target.cr(i) - cr);
    boolean chromaCoded = cbLevel != 0 || crLevel != 0;
    int dcPrediction = 2;
    out.ue(1 + dcPrediction + (chromaCoded ? 4 : 0) + kind.intraTypeOffset);
    out.ue(chromaMode);
    out.se(0); // mb_qp_delta
    boolean besideNoise = (hasLeft && pcm[i - 1]) || (hasTop && pcm[i - columns]);
    DcResidual.writeLuma(out, lumaLevel, besideNoise);
    if (chromaCoded) {
      DcResidual.writeChroma(out, cbLevel);
      DcResidual.writeChroma(out, crLevel);
    }
    current[i] =
        Macroblock.flat(
            lumaPrediction + DcResidual.luma(lumaLevel),
            cb + DcResidual.chroma(cbLevel),
            cr + DcResidual.chroma(crLevel));
  }

  /** Intra_16x16_DC of clause 8.3.3.3. */
  private int predictedLuma(int i, boolean hasLeft, boolean hasTop) {
    if (hasLeft && hasTop) {
      return (current[i - 1].rightColumnSum() + current[i - columns].bottomRowSum() + 16) >> 5;
    }
    if (hasLeft) {
      return (current[i - 1].rightColumnSum() + 8) >> 4;
    }
    return hasTop ? (current[i - columns].bottomRowSum() + 8) >> 4 : NEUTRAL;
  }
}
