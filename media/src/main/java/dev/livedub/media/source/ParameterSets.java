package dev.livedub.media.source;

import dev.livedub.media.bitstream.NalUnits;
import dev.livedub.media.ffmpeg.PictureFormat.Codec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The parameter sets (SPS, PPS, VPS) at the beginning of a keyframe in Annex B form (ITU-T H.264
 * and H.265, Annex B).
 *
 * <p>Encoders that change resolution in mid-stream send new ones there, and receivers of FLV see
 * them only if the muxer announces them.
 */
final class ParameterSets {

  private static final byte[] START_CODE = {0, 0, 0, 1};

  private ParameterSets() {}

  /**
   * All parameter sets before the first slice, each with a four-byte start code, in their order.
   *
   * @param accessUnit in Annex B form; its position is not moved
   * @return empty if it holds none or is not in Annex B form
   */
  static byte[] inAnnexB(Codec codec, ByteBuffer accessUnit) {
    NalUnits units = new NalUnits();
    units.scanUntil(accessUnit, header -> isSlice(codec, (byte) header));
    ByteArrayOutputStream sets = new ByteArrayOutputStream();
    if (units.count() == 0 || !isZero(accessUnit, units.begin(0) - START_CODE.length + 1)) {
      return new byte[0];
    }
    for (int i = 0; i < units.count(); i++) {
      if (isParameterSet(codec, header(accessUnit, units, i))) {
        sets.writeBytes(START_CODE);
        sets.writeBytes(unit(accessUnit, units, i));
      }
    }
    return sets.toByteArray();
  }

  /** Whether every set of {@code some} is also among {@code all}; both in Annex B form. */
  static boolean areAllIn(Codec codec, byte[] some, byte[] all) {
    List<byte[]> known = split(codec, all);
    return split(codec, some).stream()
        .allMatch(set -> known.stream().anyMatch(other -> Arrays.equals(set, other)));
  }

  private static List<byte[]> split(Codec codec, byte[] annexB) {
    ByteBuffer buffer = ByteBuffer.wrap(annexB);
    NalUnits units = new NalUnits();
    units.scan(buffer);
    return IntStream.range(0, units.count())
        .filter(i -> isParameterSet(codec, header(buffer, units, i)))
        .mapToObj(i -> unit(buffer, units, i))
        .toList();
  }

  /** Whether nothing but zeros comes before an index. */
  private static boolean isZero(ByteBuffer bytes, int end) {
    return IntStream.range(bytes.position(), end).allMatch(i -> bytes.get(i) == 0);
  }

  private static byte header(ByteBuffer from, NalUnits units, int i) {
    return from.get(units.begin(i));
  }

  private static byte[] unit(ByteBuffer from, NalUnits units, int i) {
    byte[] unit = new byte[units.end(i) - units.begin(i)];
    from.get(units.begin(i), unit);
    return unit;
  }

  private static boolean isSlice(Codec codec, byte header) {
    return codec == Codec.H264
        ? (header & 0x1f) >= 1 && (header & 0x1f) <= 5
        : type265(header) < 32;
  }

  private static boolean isParameterSet(Codec codec, byte header) {
    if (codec == Codec.H264) {
      int type = header & 0x1f;
      return type == 7 || type == 8;
    }
    return type265(header) >= 32 && type265(header) <= 34;
  }

  private static int type265(byte header) {
    return (header >> 1) & 0x3f;
  }
}
