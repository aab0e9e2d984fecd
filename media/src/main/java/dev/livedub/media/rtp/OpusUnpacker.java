package dev.livedub.media.rtp;

import java.nio.ByteBuffer;

/** Opus in RTP (RFC 7587): each packet is one of Opus. */
final class OpusUnpacker implements Unpacker {

  private static final int CLOCK_HZ = 48_000;
  private static final int[] SILK_MICROS = {10_000, 20_000, 40_000, 60_000};
  private static final int[] CELT_MICROS = {2_500, 5_000, 10_000, 20_000};
  private static final int FIRST_HYBRID = 12;
  private static final int FIRST_CELT = 16;

  private final Output output;
  private final Assembly assembly = new Assembly();

  OpusUnpacker(Output output) {
    this.output = output;
  }

  /** Whether a session of this format can be read. */
  static boolean reads(PayloadFormat format) {
    return format.clockRateHz() == CLOCK_HZ;
  }

  @Override
  public void accept(
      ByteBuffer buffer, int at, int sizeBytes, boolean marker, int rtpTime, boolean afterGap) {
    if (sizeBytes > 0) {
      assembly.clear();
      assembly.put(buffer, at, sizeBytes);
      output.accept(
          assembly.array(), sizeBytes, true, true, rtpTime, micros(buffer, at, sizeBytes));
    }
  }

  /** How long a packet lasts (RFC 6716, 3.1 and 3.2). */
  private static long micros(ByteBuffer buffer, int at, int sizeBytes) {
    int head = buffer.get(at) & 0xFF;
    int frames =
        switch (head & 3) {
          case 0 -> 1;
          case 1, 2 -> 2;
          default -> sizeBytes > 1 ? buffer.get(at + 1) & 0x3F : 0;
        };
    return (long) frames * frameMicros(head >> 3);
  }

  private static int frameMicros(int configuration) {
    if (configuration >= FIRST_CELT) {
      return CELT_MICROS[configuration & 3];
    }
    return configuration >= FIRST_HYBRID
        ? SILK_MICROS[configuration & 1]
        : SILK_MICROS[configuration & 3];
  }

  @Override
  public void finish() {
    // Nothing waits.
  }
}
