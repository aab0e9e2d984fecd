package dev.livedub.testkit.clip;

/** The SPS and PPS of a generated picture (H.264 clauses 7.3.2.1, 7.3.2.2 and annex E). */
final class ParameterSets {
  /** Bits of frame_num and of pic_order_cnt_lsb. */
  static final int COUNTER_BITS = 8;

  /** The one quantiser in use: fine enough that every grey level can be reached exactly. */
  static final int QP = 18;

  private static final int NAL_SPS = 7;
  private static final int NAL_PPS = 8;
  private static final int MAIN_PROFILE = 77;

  private ParameterSets() {}

  /** SPS and PPS as Annex B. */
  static byte[] annexB(PictureSpec spec, int width, int height) {
    byte[] sps = sps(spec, width, height);
    byte[] pps = pps();
    byte[] both = new byte[sps.length + pps.length];
    System.arraycopy(sps, 0, both, 0, sps.length);
    System.arraycopy(pps, 0, both, sps.length, pps.length);
    return both;
  }

  private static byte[] sps(PictureSpec spec, int width, int height) {
    int columns = (width + 15) / 16;
    int rows = (height + 15) / 16;
    int references = spec.bFrames() > 0 ? 2 : 1;
    BitWriter out = new BitWriter();
    out.bits(MAIN_PROFILE, 8);
    out.bits(0x40, 8); // constraint_set1_flag: obeys the Main profile
    out.bits(levelIdc(columns * rows, spec.rate().perSecond()), 8);
    out.ue(0); // seq_parameter_set_id
    out.ue(COUNTER_BITS - 4); // log2_max_frame_num_minus4
    out.ue(0); // pic_order_cnt_type
    out.ue(COUNTER_BITS - 4); // log2_max_pic_order_cnt_lsb_minus4
    out.ue(references); // max_num_ref_frames
    out.flag(false); // gaps_in_frame_num_value_allowed_flag
    out.ue(columns - 1);
    out.ue(rows - 1);
    out.flag(true); // frame_mbs_only_flag
    out.flag(true); // direct_8x8_inference_flag
    cropping(out, columns * 16 - width, rows * 16 - height);
    out.flag(true); // vui_parameters_present_flag
    vui(out, spec, references);
    return out.toAnnexB(3, NAL_SPS);
  }

  private static void cropping(BitWriter out, int surplusColumns, int surplusRows) {
    boolean cropped = surplusColumns > 0 || surplusRows > 0;
    out.flag(cropped);
    if (cropped) {
      out.ue(0);
      out.ue(surplusColumns / 2);
      out.ue(0);
      out.ue(surplusRows / 2);
    }
  }

  private static void vui(BitWriter out, PictureSpec spec, int references) {
    out.bits(0, 4); // no aspect ratio, overscan, video signal type, chroma location
    out.flag(true); // timing_info_present_flag
    out.bits(spec.rate().denominator(), 32);
    out.bits(2L * spec.rate().numerator(), 32);
    out.flag(!spec.rate().variable()); // fixed_frame_rate_flag
    out.bits(0, 3); // no HRD parameters, no pic_struct
    out.flag(spec.reorderInfo()); // bitstream_restriction_flag
    if (spec.reorderInfo()) {
      out.flag(true); // motion_vectors_over_pic_boundaries_flag
      out.ue(0); // max_bytes_per_pic_denom: no limit
      out.ue(0); // max_bits_per_mb_denom: no limit
      out.ue(10);
      out.ue(10);
      out.ue(spec.bFrames() > 0 ? 1 : 0); // max_num_reorder_frames
      out.ue(references); // max_dec_frame_buffering
    }
  }

  private static byte[] pps() {
    BitWriter out = new BitWriter();
    out.ue(0); // pic_parameter_set_id
    out.ue(0); // seq_parameter_set_id
    out.flag(false); // entropy_coding_mode_flag: CAVLC
    out.flag(false); // bottom_field_pic_order_in_frame_present_flag
    out.ue(0); // num_slice_groups_minus1
    out.ue(0); // num_ref_idx_l0_default_active_minus1
    out.ue(0); // num_ref_idx_l1_default_active_minus1
    out.flag(false); // weighted_pred_flag
    out.bits(0, 2); // weighted_bipred_idc
    out.se(QP - 26); // pic_init_qp_minus26
    out.se(0); // pic_init_qs_minus26
    out.se(0); // chroma_qp_index_offset
    out.flag(true); // deblocking_filter_control_present_flag
    out.flag(false); // constrained_intra_pred_flag
    out.flag(false); // redundant_pic_cnt_present_flag
    return out.toAnnexB(3, NAL_PPS);
  }

  /** The lowest level of table A-1 whose macroblocks a second and a picture suffice, from 3 on. */
  private static int levelIdc(int macroblocks, double perSecond) {
    double rate = macroblocks * perSecond;
    if (macroblocks <= 1_620 && rate <= 40_500) {
      return 30;
    }
    if (macroblocks <= 3_600 && rate <= 108_000) {
      return 31;
    }
    if (macroblocks <= 8_192 && rate <= 245_760) {
      return 40;
    }
    return 42;
  }
}
