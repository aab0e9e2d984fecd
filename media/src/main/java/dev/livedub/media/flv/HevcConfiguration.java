package dev.livedub.media.flv;

import dev.livedub.media.bitstream.NalUnits;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * The {@code hvcC} record of H.265 (ISO/IEC 14496-15, 8.3.3.1.2).
 *
 * <p>Spatial segmentation and parallelism are left unknown, which the record allows.
 */
final class HevcConfiguration {

  private static final int HEADER_BYTES = 2;
  private static final int SPS = 33;

  /** VPS, SPS, PPS and SEI messages for the whole stream, in the order that is recommended. */
  private static final List<Integer> ARRAYS = List.of(32, SPS, 34, 39, 40);

  /** Profile space, tier, profile, compatible profiles, constraints, level. */
  private static final int PROFILE_TIER_LEVEL_BYTES = 12;

  private static final int SUB_LAYER_PROFILE_BITS = 88;
  private static final int SUB_LAYER_LEVEL_BITS = 8;

  private HevcConfiguration() {}

  /** The record of what Annex B parameter sets say. */
  static byte[] of(byte[] annexB) throws FlvException {
    ParameterSetList sets = new ParameterSetList(annexB, unit -> unit[0] >> 1 & 0x3F);
    ByteArrayOutputStream record = new ByteArrayOutputStream(128);
    record.write(1); // configurationVersion
    putPicture(record, sets.required(SPS, "SPS").get(0));
    List<Integer> present = ARRAYS.stream().filter(type -> !sets.ofType(type).isEmpty()).toList();
    record.write(present.size());
    for (int type : present) {
      List<byte[]> units = sets.ofType(type);
      record.write(type); // array_completeness 0: more may come within the stream
      record.write(units.size() >> 8);
      record.write(units.size());
      ParameterSetList.put(record, units);
    }
    return record.toByteArray();
  }

  /** What the beginning of an SPS says (H.265, 7.3.2.2.1). */
  private static void putPicture(ByteArrayOutputStream record, byte[] sps) throws FlvException {
    RbspReader bits = new RbspReader(sps, HEADER_BYTES);
    bits.skip(4); // sps_video_parameter_set_id
    int subLayers = (int) bits.bits(3);
    int nesting = (int) bits.bits(1);
    for (int i = 0; i < PROFILE_TIER_LEVEL_BYTES; i++) {
      record.write((int) bits.bits(Byte.SIZE));
    }
    skipSubLayers(bits, subLayers);
    bits.exponentialGolomb(); // sps_seq_parameter_set_id
    int chroma = (int) bits.exponentialGolomb();
    skipSize(bits, chroma);
    record.write(0xF0); // min_spatial_segmentation_idc
    record.write(0);
    record.write(0xFC); // parallelismType
    record.write(0xFC | chroma);
    record.write(0xF8 | (int) bits.exponentialGolomb()); // bit_depth_luma_minus8
    record.write(0xF8 | (int) bits.exponentialGolomb()); // bit_depth_chroma_minus8
    record.write(0); // avgFrameRate
    record.write(0);
    record.write((subLayers + 1) << 3 | nesting << 2 | (NalUnits.LENGTH_BYTES - 1));
  }

  /** The rest of profile_tier_level (7.3.3). */
  private static void skipSubLayers(RbspReader bits, int subLayers) throws FlvException {
    int skipBits = 0;
    for (int i = 0; i < subLayers; i++) {
      skipBits += bits.bits(1) == 1 ? SUB_LAYER_PROFILE_BITS : 0;
      skipBits += bits.bits(1) == 1 ? SUB_LAYER_LEVEL_BITS : 0;
    }
    if (subLayers > 0) {
      bits.skip(2 * (8 - subLayers)); // reserved_zero_2bits
    }
    bits.skip(skipBits);
  }

  private static void skipSize(RbspReader bits, int chroma) throws FlvException {
    if (chroma == 3) {
      bits.skip(1); // separate_colour_plane_flag
    }
    bits.exponentialGolomb(); // width
    bits.exponentialGolomb(); // height
    if (bits.bits(1) == 1) { // conformance_window_flag
      for (int i = 0; i < 4; i++) {
        bits.exponentialGolomb();
      }
    }
  }
}
