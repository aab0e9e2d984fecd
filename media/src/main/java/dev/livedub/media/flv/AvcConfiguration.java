package dev.livedub.media.flv;

import dev.livedub.media.bitstream.NalUnits;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** The {@code avcC} record of H.264 (ISO/IEC 14496-15, 5.3.3.1.2). */
final class AvcConfiguration {

  private static final int SPS = 7;
  private static final int PPS = 8;
  private static final int SPS_EXTENSION = 13;
  private static final int MOST_SETS = 31;

  /** {@code lengthSizeMinusOne}, with the reserved bits. */
  private static final int LENGTHS_OF_FOUR_BYTES = 0xFC | (NalUnits.LENGTH_BYTES - 1);

  /** Profiles whose parameter sets say nothing of chroma and bit depth. */
  private static final List<Integer> PLAIN_PROFILES = List.of(66, 77, 88);

  private AvcConfiguration() {}

  /** The record of what Annex B parameter sets say. */
  static byte[] of(byte[] annexB) throws FlvException {
    ParameterSetList sets = new ParameterSetList(annexB, unit -> unit[0] & 0x1F);
    List<byte[]> sps = sets.required(SPS, "SPS");
    List<byte[]> pps = sets.required(PPS, "PPS");
    byte[] first = sps.get(0);
    if (first.length < 4 || sps.size() > MOST_SETS) {
      throw new FlvException("the picture's configuration holds no SPS that can be announced");
    }
    ByteArrayOutputStream record = new ByteArrayOutputStream(64);
    record.write(1); // configurationVersion
    record.write(first, 1, 3); // profile, compatible profiles, level
    record.write(LENGTHS_OF_FOUR_BYTES);
    record.write(0xE0 | sps.size());
    ParameterSetList.put(record, sps);
    record.write(pps.size());
    ParameterSetList.put(record, pps);
    if (!PLAIN_PROFILES.contains(first[1] & 0xFF)) {
      putChroma(record, first);
      List<byte[]> extensions = sets.ofType(SPS_EXTENSION);
      record.write(extensions.size());
      ParameterSetList.put(record, extensions);
    }
    return record.toByteArray();
  }

  /** Chroma format and bit depths, as the beginning of an SPS has them (H.264, 7.3.2.1.1). */
  private static void putChroma(ByteArrayOutputStream record, byte[] sps) throws FlvException {
    RbspReader bits = new RbspReader(sps, 1 + 3);
    bits.exponentialGolomb(); // seq_parameter_set_id
    int chroma = (int) bits.exponentialGolomb();
    if (chroma == 3) {
      bits.skip(1); // separate_colour_plane_flag
    }
    record.write(0xFC | chroma);
    record.write(0xF8 | (int) bits.exponentialGolomb()); // bit_depth_luma_minus8
    record.write(0xF8 | (int) bits.exponentialGolomb()); // bit_depth_chroma_minus8
  }
}
