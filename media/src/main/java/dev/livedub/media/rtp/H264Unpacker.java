package dev.livedub.media.rtp;

import java.nio.ByteBuffer;

/**
 * H.264 in RTP (RFC 6184): single NAL units, several in a packet (STAP-A), one in several packets
 * (FU-A). Interleaved packets are not read, and sessions that announce them not {@linkplain #reads
 * taken}.
 */
final class H264Unpacker implements Unpacker {

  private static final int LAST_SINGLE = 23;
  private static final int STAP_A = 24;
  private static final int FU_A = 28;
  private static final int FU_HEAD_BYTES = 2;
  private static final int START = 0x80;

  private final PictureAssembler pictures;
  private boolean withinUnit;

  H264Unpacker(Output output) {
    pictures = new PictureAssembler(NalRules.H264, output);
  }

  /** Whether a session of this format can be read. */
  static boolean reads(PayloadFormat format) {
    int mode = format.number("packetization-mode");
    return format.clockRateHz() > 0 && (mode == 0 || mode == 1);
  }

  @Override
  public void accept(
      ByteBuffer buffer, int at, int sizeBytes, boolean marker, int rtpTime, boolean afterGap) {
    withinUnit &= !afterGap;
    if (sizeBytes == 0) {
      return;
    }
    int type = NalRules.H264.type(buffer.get(at));
    if (type <= LAST_SINGLE) {
      unit(buffer, at, sizeBytes, rtpTime);
    } else if (type == STAP_A) {
      units(buffer, at + 1, at + sizeBytes, rtpTime);
    } else if (type == FU_A && sizeBytes > FU_HEAD_BYTES) {
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
    if (sizeBytes > 0) {
      int type = NalRules.H264.type(buffer.get(at));
      pictures.begin(type, sizeBytes > 1 && beginsPicture(type, buffer.get(at + 1)), rtpTime);
      pictures.put(buffer, at, sizeBytes);
    }
  }

  /** A slice's {@code first_mb_in_slice} of 0 is a single 1 (7.3.3 and 9.1). */
  private static boolean beginsPicture(int type, byte behindHeader) {
    return NalRules.H264.isSlice(type) && behindHeader < 0;
  }

  private void fragment(ByteBuffer buffer, int at, int sizeBytes, int rtpTime) {
    int indicator = buffer.get(at);
    int head = buffer.get(at + 1);
    if ((head & START) != 0) {
      int type = head & 0x1F;
      pictures.begin(type, beginsPicture(type, buffer.get(at + FU_HEAD_BYTES)), rtpTime);
      pictures.put((indicator & 0xE0) | type);
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
