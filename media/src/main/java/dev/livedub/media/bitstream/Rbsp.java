package dev.livedub.media.bitstream;

import java.util.Arrays;

/**
 * Raw byte sequence payloads: what NAL units carry, without the bytes that only keep start codes
 * apart (ITU-T H.264, 7.4.1.1; H.265, 7.4.2.1).
 */
public final class Rbsp {

  private static final int PREVENTION = 3;

  private Rbsp() {}

  /**
   * The payload between two indices of a NAL unit.
   *
   * @param from after the unit's header
   * @param to after the unit's last byte
   */
  public static byte[] of(byte[] bytes, int from, int to) {
    byte[] payload = new byte[Math.max(0, to - from)];
    int size = 0;
    int zeros = 0;
    for (int i = from; i < to; i++) {
      boolean prevents = zeros >= 2 && bytes[i] == PREVENTION;
      zeros = bytes[i] == 0 ? zeros + 1 : 0;
      if (!prevents) {
        payload[size++] = bytes[i];
      }
    }
    return size == payload.length ? payload : Arrays.copyOf(payload, size);
  }
}
