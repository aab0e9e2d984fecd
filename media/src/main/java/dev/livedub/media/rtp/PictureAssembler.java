package dev.livedub.media.rtp;

import java.nio.ByteBuffer;

/**
 * Puts NAL units together to access units.
 *
 * <p>An access unit is what has one RTP timestamp; what stands before its first slice with another
 * belongs to it too. That it is complete shows by what comes next, which costs the time of a
 * picture. The marker bit says it at once (RFC 6184, 5.1), but not all senders set it well: it is
 * believed when {@link #PROOFS} access units in a row have ended with it, until a picture goes on
 * behind it; then never again.
 *
 * <p><b>Threading:</b> one owner.
 */
final class PictureAssembler {

  /** As many access units prove that a sender sets markers. */
  static final int PROOFS = 8;

  private static final byte[] START_CODE = {0, 0, 0, 1};

  private final NalRules rules;
  private final Unpacker.Output output;
  private final Assembly assembly = new Assembly();

  /** A picture has begun, and it has not shown by what comes next that it is complete. */
  private boolean open;

  /** Some of it waits here; without that, an open picture was given out because of its marker. */
  private boolean hasSlice;

  private int rtpTime;
  private boolean marked;
  private boolean keyframe;
  private boolean oversized;
  private int unitAt = -1;
  private int proofs;
  private boolean refuted;

  PictureAssembler(NalRules rules, Unpacker.Output output) {
    this.rules = rules;
    this.output = output;
  }

  /**
   * Begins a NAL unit, which {@link #put} fills.
   *
   * @param type its {@code nal_unit_type}
   * @param beginsPicture whether it is the first slice of a picture
   */
  void begin(int type, boolean beginsPicture, int unitRtpTime) {
    boolean another =
        unitRtpTime != rtpTime || rules.beginsAccessUnit(type) || (beginsPicture && marked);
    if (open && another) {
      proofs = marked ? proofs + 1 : 0;
      finish();
      open = false;
    } else if (open && marked) {
      proofs = 0;
      refuted |= !hasSlice;
    }
    marked = false;
    if (rules.isSlice(type) && !hasSlice) {
      open = true;
      hasSlice = true;
      rtpTime = unitRtpTime;
    }
    beginUnit();
  }

  private void beginUnit() {
    endUnit();
    for (byte one : START_CODE) {
      put(one);
    }
    unitAt = assembly.sizeBytes();
  }

  /** Fills the NAL unit. */
  void put(int one) {
    if (assembly.hasRoom(1)) {
      assembly.put(one);
    } else {
      oversized = true;
    }
  }

  /** Fills the NAL unit. */
  void put(ByteBuffer from, int at, int sizeBytes) {
    if (assembly.hasRoom(sizeBytes)) {
      assembly.put(from, at, sizeBytes);
    } else {
      oversized = true;
    }
  }

  /** The packet whose payload was put last has its marker bit set. */
  void marker() {
    marked = open;
    if (proofs >= PROOFS && !refuted) {
      finish();
    }
  }

  /** Gives out the picture that waits, if one does. */
  void finish() {
    if (!hasSlice) {
      return;
    }
    endUnit();
    if (!oversized) {
      output.accept(assembly.array(), assembly.sizeBytes(), keyframe, true, rtpTime, 0);
    }
    assembly.clear();
    hasSlice = false;
    keyframe = false;
    oversized = false;
  }

  private void endUnit() {
    if (unitAt >= 0 && unitAt < assembly.sizeBytes()) {
      keyframe |= rules.isKey(assembly.array(), unitAt, assembly.sizeBytes());
    }
    unitAt = -1;
  }
}
