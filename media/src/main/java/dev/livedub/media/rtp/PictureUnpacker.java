package dev.livedub.media.rtp;

import java.nio.ByteBuffer;

/**
 * H.264 in RTP (RFC 6184) and H.265 (RFC 7798): single NAL units, several in a packet (STAP-A, AP),
 * one in several packets (FU-A, FU).
 */
final class PictureUnpacker implements Unpacker {

  private static final int LENGTH_BYTES = 2;
  private static final int FRAGMENT_HEAD_BYTES = 1;
  private static final int START = 0x80;

  private final NalRules rules;
  private final PictureAssembler pictures;
  private boolean withinUnit;

  PictureUnpacker(NalRules rules, Output output) {
    this.rules = rules;
    pictures = new PictureAssembler(rules, output);
  }

  @Override
  public void accept(
      ByteBuffer buffer, int at, int sizeBytes, boolean marker, int rtpTime, boolean afterGap) {
    withinUnit &= !afterGap;
    if (sizeBytes < rules.headBytes()) {
      return;
    }
    int type = rules.type(buffer.get(at));
    if (type < rules.aggregate()) {
      unit(buffer, at, sizeBytes, rtpTime);
    } else if (type == rules.aggregate()) {
      units(buffer, at + rules.headBytes(), at + sizeBytes, rtpTime);
    } else if (type == rules.fragment()) {
      fragment(buffer, at, sizeBytes, rtpTime);
    }
    if (marker) {
      pictures.marker();
    }
  }

  private void units(ByteBuffer buffer, int from, int end, int rtpTime) {
    int at = from;
    while (end - at > LENGTH_BYTES) {
      int begin = at + LENGTH_BYTES;
      int sizeBytes = Math.min(buffer.getShort(at) & 0xFFFF, end - begin);
      unit(buffer, begin, sizeBytes, rtpTime);
      at = begin + sizeBytes;
    }
  }

  private void unit(ByteBuffer buffer, int at, int sizeBytes, int rtpTime) {
    withinUnit = false;
    if (sizeBytes >= rules.headBytes()) {
      boolean more = sizeBytes > rules.headBytes();
      int type = rules.type(buffer.get(at));
      begin(type, more ? buffer.get(at + rules.headBytes()) : 0, rtpTime);
      pictures.put(buffer, at, sizeBytes);
    }
  }

  /**
   * Begins a NAL unit.
   *
   * @param behindHead of a slice, its first bit says whether it is a picture's first: as {@code
   *     first_mb_in_slice}, of which 0 is a single 1 (H.264, 7.3.3 and 9.1), or as {@code
   *     first_slice_segment_in_pic_flag} (H.265, 7.3.6.1)
   */
  private void begin(int type, int behindHead, int rtpTime) {
    pictures.begin(type, rules.isSlice(type) && behindHead < 0, rtpTime);
  }

  private void fragment(ByteBuffer buffer, int at, int sizeBytes, int rtpTime) {
    int headBytes = rules.headBytes() + FRAGMENT_HEAD_BYTES;
    if (sizeBytes <= headBytes) {
      return;
    }
    int head = buffer.get(at + rules.headBytes());
    if ((head & START) != 0) {
      int type = rules.typeOfFragment(head);
      begin(type, buffer.get(at + headBytes), rtpTime);
      pictures.put(rules.headOfType(buffer.get(at), type));
      for (int i = 1; i < rules.headBytes(); i++) {
        pictures.put(buffer.get(at + i));
      }
      withinUnit = true;
    }
    if (withinUnit) {
      pictures.put(buffer, at + headBytes, sizeBytes - headBytes);
    }
  }

  @Override
  public void finish() {
    pictures.finish();
  }
}
