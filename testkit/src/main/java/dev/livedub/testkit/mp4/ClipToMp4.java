package dev.livedub.testkit.mp4;

import dev.livedub.testkit.clip.AccessUnit;
import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.clip.PictureSpec;
import dev.livedub.testkit.clip.SoundSpec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The access units of a clip, H.264 and AAC, as fragmented MP4.
 *
 * <p><b>Threading:</b> not for use by several threads at once.
 */
public final class ClipToMp4 {

  private static final int SPS = 7;
  private static final int PPS = 8;
  private static final int AUD = 9;

  private final PictureSpec picture;
  private final SoundSpec sound;
  private final Fragmenter fragmenter;
  private boolean begun;

  /** A stream of a clip that has picture and sound. */
  public ClipToMp4(ClipSpec clip, FragmentListener listener) {
    picture = clip.picture().orElseThrow();
    sound = clip.sound().orElseThrow();
    fragmenter = new Fragmenter(listener);
  }

  /**
   * Takes the next unit; those before the first keyframe are left out.
   *
   * @param shiftMicros the stream's time minus the clip's
   */
  public void take(AccessUnit unit, long shiftMicros) {
    if (unit.kind() == AccessUnit.Kind.SOUND) {
      if (begun) {
        fragmenter.sound(unit.ptsMicros() + shiftMicros, unit.payload());
      }
      return;
    }
    List<byte[]> units = split(unit.payload());
    if (!begun && unit.keyframe()) {
      begun = true;
      fragmenter.format(format(units));
    }
    if (begun) {
      fragmenter.picture(
          unit.dtsMicros() + shiftMicros,
          unit.ptsMicros() - unit.dtsMicros(),
          unit.keyframe(),
          withLengths(units));
    }
  }

  private StreamFormat format(List<byte[]> units) {
    byte[] sps = first(units, SPS);
    byte[] pps = first(units, PPS);
    byte[] avc =
        new Box()
            .u8(1)
            .raw(Arrays.copyOfRange(sps, 1, 4))
            .u8(0xFF)
            .u8(0xE1)
            .u16(sps.length)
            .raw(sps)
            .u8(1)
            .u16(pps.length)
            .raw(pps)
            .bytes();
    return new StreamFormat(
        avc,
        picture.width(),
        picture.height(),
        AacConfig.of(sound.sampleRateHz(), sound.channels()));
  }

  private static byte[] first(List<byte[]> units, int type) {
    return units.stream()
        .filter(unit -> (unit[0] & 0x1F) == type)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("a keyframe without NAL unit " + type));
  }

  /** Parameter sets are in the format, and delimiters are not for MP4. */
  private static byte[] withLengths(List<byte[]> units) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] unit : units) {
      int type = unit[0] & 0x1F;
      if (type != SPS && type != PPS && type != AUD) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(unit.length).array());
        out.writeBytes(unit);
      }
    }
    return out.toByteArray();
  }

  /** The NAL units of a byte stream (ISO/IEC 14496-10, annex B), without their start codes. */
  private static List<byte[]> split(byte[] annexB) {
    List<byte[]> units = new ArrayList<>();
    int start = -1;
    for (int i = 0; i + 2 < annexB.length; i++) {
      if (annexB[i] == 0 && annexB[i + 1] == 0 && annexB[i + 2] == 1) {
        addUnit(units, annexB, start, i);
        start = i + 3;
        i += 2;
      }
    }
    addUnit(units, annexB, start, annexB.length);
    return units;
  }

  private static void addUnit(List<byte[]> units, byte[] annexB, int start, int end) {
    int last = end;
    while (last > start && start >= 0 && annexB[last - 1] == 0) {
      last--;
    }
    if (start >= 0 && last > start) {
      units.add(Arrays.copyOfRange(annexB, start, last));
    }
  }
}
