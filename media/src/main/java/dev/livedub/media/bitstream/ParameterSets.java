package dev.livedub.media.bitstream;

import dev.livedub.media.ffmpeg.PictureFormat.Codec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The parameter sets (SPS, PPS, VPS) at the beginning of a keyframe in Annex B form (ITU-T H.264
 * and H.265, Annex B).
 *
 * <p>Encoders that change resolution in mid-stream send new ones there, and receivers of FLV see
 * them only if the muxer announces them.
 */
public final class ParameterSets {

  private static final byte[] START_CODE = {0, 0, 0, 1};

  private ParameterSets() {}

  /**
   * All parameter sets before the first slice, each with a four-byte start code, in their order.
   *
   * @param accessUnit in Annex B form; its position is not moved
   * @return empty if it holds none or is not in Annex B form
   */
  public static byte[] inAnnexB(Codec codec, ByteBuffer accessUnit) {
    ByteArrayOutputStream sets = new ByteArrayOutputStream();
    int start = nextStartCode(accessUnit, accessUnit.position());
    if (start != accessUnit.position() && start != accessUnit.position() + 1) {
      return new byte[0];
    }
    while (start < accessUnit.limit()) {
      int begin = start + (accessUnit.get(start + 2) == 1 ? 3 : 4);
      if (begin >= accessUnit.limit() || isSlice(codec, accessUnit.get(begin))) {
        break;
      }
      int end = nextStartCode(accessUnit, begin);
      if (isParameterSet(codec, accessUnit.get(begin))) {
        append(sets, accessUnit, begin, end);
      }
      start = end;
    }
    return sets.toByteArray();
  }

  /** Whether every set of {@code some} is also among {@code all}; both in Annex B form. */
  public static boolean areAllIn(Codec codec, byte[] some, byte[] all) {
    List<byte[]> known = split(codec, all);
    return split(codec, some).stream()
        .allMatch(set -> known.stream().anyMatch(other -> Arrays.equals(set, other)));
  }

  private static List<byte[]> split(Codec codec, byte[] annexB) {
    List<byte[]> sets = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.wrap(annexB);
    int start = nextStartCode(buffer, 0);
    while (start < buffer.limit()) {
      int begin = start + (buffer.get(start + 2) == 1 ? 3 : 4);
      int end = nextStartCode(buffer, begin);
      if (begin < end && isParameterSet(codec, buffer.get(begin))) {
        sets.add(Arrays.copyOfRange(annexB, begin, trimmed(buffer, begin, end)));
      }
      start = end;
    }
    return sets;
  }

  private static void append(ByteArrayOutputStream sets, ByteBuffer from, int begin, int end) {
    sets.writeBytes(START_CODE);
    for (int i = begin; i < trimmed(from, begin, end); i++) {
      sets.write(from.get(i));
    }
  }

  /** Zero bytes before the next start code belong to nobody. */
  private static int trimmed(ByteBuffer buffer, int begin, int end) {
    int last = end;
    while (last > begin && buffer.get(last - 1) == 0) {
      last--;
    }
    return last;
  }

  /** Index of the next 00 00 01 or 00 00 00 01 at or after {@code from}, or the limit. */
  private static int nextStartCode(ByteBuffer buffer, int from) {
    for (int i = from; i + 3 < buffer.limit(); i++) {
      if (buffer.get(i) == 0 && buffer.get(i + 1) == 0) {
        if (buffer.get(i + 2) == 1) {
          return i;
        }
        if (buffer.get(i + 2) == 0 && buffer.get(i + 3) == 1) {
          return i;
        }
      }
    }
    return buffer.limit();
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
