package dev.livedub.media.rtp;

import java.nio.ByteBuffer;

/**
 * H.265 in RTP (RFC 7798): single NAL units, several in a packet (AP), one in several packets (FU).
 * Sessions that announce decoding order numbers are not {@linkplain #reads taken}.
 */
final class H265Unpacker implements Unpacker {

  private static final int AGGREGATION = 48;
  private static final int FRAGMENT = 49;
  private static final int HEAD_BYTES = 2;
  private static final int FU_HEAD_BYTES = 3;
  private static final int START = 0x80;

  private final PictureAssembler pictures;
  private boolean withinUnit;

  H265Unpacker(Output output) {
    pictures = new PictureAssembler(NalRules.H265, output);
  }

  /** Whether a session of this format can be read. */
  static boolean reads(PayloadFormat format) {
    return format.clockRateHz() > 0
        && format.number("sprop-max-don-diff") == 0
        && format.parameters().getOrDefault("tx-mode", "SRST").equals("SRST");
  }

  @Override
  public void accept(
      ByteBuffer buffer, int at, int sizeBytes, boolean marker, int rtpTime, boolean afterGap) {
    withinUnit &= !afterGap;
    if (sizeBytes <= HEAD_BYTES) {
      return;
    }
    int type = NalRules.H265.type(buffer.get(at));
    if (type < AGGREGATION) {
      unit(buffer, at, sizeBytes, rtpTime);
    } else if (type == AGGREGATION) {
      units(buffer, at + HEAD_BYTES, at + sizeBytes, rtpTime);
    } else if (type == FRAGMENT && sizeBytes > FU_HEAD_BYTES) {
      fragment(buffer, at, sizeBytes, rtpTime);
    }
    if (marker) {
      pictures.marker();
    }
  }

  private void units(ByteBuffer buffer, int from, int end, int rtpTime) {
    int at = from;
    while (end - at > 2) {
      int sizeBytes = Math.min(buffer.getShort(at) & 0xFFFF, end - at - 2);
      unit(buffer, at + 2, sizeBytes, rtpTime);
      at += 2 + sizeBytes;
    }
  }

  private void unit(ByteBuffer buffer, int at, int sizeBytes, int rtpTime) {
    withinUnit = false;
    if (sizeBytes > HEAD_BYTES) {
      int type = NalRules.H265.type(buffer.get(at));
      pictures.begin(type, beginsPicture(type, buffer.get(at + HEAD_BYTES)), rtpTime);
      pictures.put(buffer, at, sizeBytes);
    }
  }

  /** The first bit of a slice is {@code first_slice_segment_in_pic_flag} (7.3.6.1). */
  private static boolean beginsPicture(int type, byte behindHeader) {
    return NalRules.H265.isSlice(type) && behindHeader < 0;
  }

  private void fragment(ByteBuffer buffer, int at, int sizeBytes, int rtpTime) {
    int head = buffer.get(at + HEAD_BYTES);
    if ((head & START) != 0) {
      int type = head & 0x3F;
      pictures.begin(type, beginsPicture(type, buffer.get(at + FU_HEAD_BYTES)), rtpTime);
      pictures.put((buffer.get(at) & 0x81) | (type << 1));
      pictures.put(buffer.get(at + 1));
      withinUnit = true;
    }
    if (withinUnit) {
      pictures.put(buffer, at + FU_HEAD_BYTES, sizeBytes - FU_HEAD_BYTES);
    }
  }

  @Override
  public void finish() {
    pictures.finish();
  }
}
