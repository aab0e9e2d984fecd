package dev.livedub.testkit.nal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The identity of a coded picture: a 64-bit hash over the VCL NAL units of an access unit.
 *
 * <p>Parameter sets, SEI and delimiters are left out because muxers repeat and drop them as they
 * like; the framing (start codes, lengths, trailing zero bytes) does not matter either. Equal
 * pictures therefore hash alike at an RTSP relay and at an RTMP sink. Not cryptographic.
 *
 * <p>Threading: the static methods are stateless; an instance belongs to one thread.
 */
public final class VclHash {

  /** The hash of an access unit without any VCL NAL unit. */
  public static final long NONE = 0;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  // The 64-bit golden ratio and the finaliser of SplitMix64 (Steele, Lea, Flood: "Fast Splittable
  // Pseudorandom Number Generators", OOPSLA 2014).
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long MIX_A = 0xBF58476D1CE4E5B9L;
  private static final long MIX_B = 0x94D049BB133111EBL;

  private final Codec codec;
  private long state = GOLDEN;
  private int units;
  private boolean keyframe;

  /** An empty hash, to which {@link #unit} adds. */
  public VclHash(Codec codec) {
    this.codec = codec;
  }

  /** The hash of an Annex B access unit. */
  public static long ofAnnexB(Codec codec, byte[] au) {
    VclHash hash = new VclHash(codec);
    NalUnits.forEachAnnexB(au, hash::unit);
    return hash.value();
  }

  /** The hash of an Annex B access unit between the buffer's position and limit. */
  public static long ofAnnexB(Codec codec, ByteBuffer au) {
    VclHash hash = new VclHash(codec);
    NalUnits.forEachAnnexB(au, hash::unit);
    return hash.value();
  }

  /** The hash of an access unit with four-byte NAL lengths. */
  public static long ofLengthPrefixed(Codec codec, byte[] au) {
    VclHash hash = new VclHash(codec);
    NalUnits.forEachLengthPrefixed(au, hash::unit);
    return hash.value();
  }

  /** The hash of a length-prefixed access unit between the buffer's position and limit. */
  public static long ofLengthPrefixed(Codec codec, ByteBuffer au) {
    VclHash hash = new VclHash(codec);
    NalUnits.forEachLengthPrefixed(au, hash::unit);
    return hash.value();
  }

  /** Adds one NAL unit if it is VCL; the unit must not end in zero bytes. */
  public void unit(byte[] data, int offset, int sizeBytes) {
    if (!codec.isVcl(data[offset])) {
      return;
    }
    keyframe |= codec.isKeyframe(data[offset]);
    units++;
    add(sizeBytes);
    int at = offset;
    int end = offset + sizeBytes;
    for (; end - at >= Long.BYTES; at += Long.BYTES) {
      add((long) LONGS.get(data, at));
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = (rest << 8) | (data[at] & 0xFF);
    }
    add(rest);
  }

  /** The hash of the units so far, or {@link #NONE} if none was VCL. */
  public long value() {
    if (units == 0) {
      return NONE;
    }
    long z = (state ^ (state >>> 30)) * MIX_A;
    z = (z ^ (z >>> 27)) * MIX_B;
    z ^= z >>> 31;
    return z == NONE ? GOLDEN : z;
  }

  /** Whether a unit of a picture at which decoding can start was among them. */
  public boolean isKeyframe() {
    return keyframe;
  }

  /** How many VCL units were added. */
  public int vclUnits() {
    return units;
  }

  private void add(long word) {
    state = Long.rotateLeft((state ^ word) * MIX_A, 29) + GOLDEN;
  }
}
