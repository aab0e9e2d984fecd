package dev.livedub.testkit.rtsp;

import dev.livedub.testkit.nal.Codec;
import dev.livedub.testkit.nal.NalUnits;
import dev.livedub.testkit.nal.VclHash;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Rebuilds access units from RTP packets and hashes them.
 *
 * <p>Knows single NAL units, aggregation (STAP-A, AP) and fragmentation (FU-A, FU) of RFC 6184 and
 * RFC 7798, without decoding order numbers. An access unit ends at the marker bit or at a new
 * timestamp. Threading: one thread at a time.
 */
final class Depacketizer {

  private static final int MAX_UNIT_BYTES = 16 << 20;
  private static final int H264_STAP_A = 24;
  private static final int H264_FU_A = 28;
  private static final int H265_AP = 48;
  private static final int H265_FU = 49;

  private final Codec codec;
  private final int headerBytes;
  private final int aggregateType;
  private final int fragmentType;
  private final Consumer<AccessUnit> sink;

  /** The access unit so far, each NAL unit behind its four-byte length. */
  private byte[] bytes = new byte[64 * 1024];

  private int sizeBytes;
  private int fragmentStart;
  private boolean fragmentOpen;
  private boolean open;
  private boolean damaged;
  private int timestamp;
  private long lastPacketNanos;
  private OptionalInt lastSequence = OptionalInt.empty();

  Depacketizer(Codec codec, Consumer<AccessUnit> sink) {
    this.codec = codec;
    this.sink = sink;
    headerBytes = codec == Codec.H264 ? 1 : 2;
    aggregateType = codec == Codec.H264 ? H264_STAP_A : H265_AP;
    fragmentType = codec == Codec.H264 ? H264_FU_A : H265_FU;
  }

  /**
   * Takes the next packet of the stream.
   *
   * @param first whether it is the first of all, so that nothing before it can be missing
   */
  void packet(byte[] frame, long nowNanos, boolean first) {
    noteSequence(RtpPackets.sequenceNumber(frame), first);
    int packetTimestamp = RtpPackets.timestamp(frame);
    if (open && packetTimestamp != timestamp) {
      finish();
    }
    timestamp = packetTimestamp;
    lastPacketNanos = nowNanos;
    open = true;
    payload(frame, RtpPackets.payloadOffset(frame), RtpPackets.payloadEnd(frame));
    if (RtpPackets.hasMarker(frame)) {
      finish();
    }
  }

  private void noteSequence(int sequence, boolean first) {
    boolean expected =
        lastSequence.isPresent() ? ((lastSequence.getAsInt() + 1) & 0xFFFF) == sequence : first;
    lastSequence = OptionalInt.of(sequence);
    if (expected) {
      return;
    }
    damaged = true;
    if (open) {
      finish();
      // Which of the two pictures lost the packet cannot be known.
      damaged = true;
    }
  }

  private void payload(byte[] frame, int offset, int end) {
    if (end - offset <= headerBytes) {
      return;
    }
    int type = codec.typeOf(frame[offset]);
    if (type == aggregateType) {
      aggregate(frame, offset + headerBytes, end);
    } else if (type == fragmentType) {
      fragment(frame, offset, end);
    } else {
      startUnit();
      append(frame, offset, end);
      endUnit();
    }
  }

  private void aggregate(byte[] frame, int offset, int end) {
    int at = offset;
    while (end - at > 2) {
      int unitBytes = (frame[at] & 0xFF) << 8 | frame[at + 1] & 0xFF;
      at += 2;
      if (unitBytes > end - at) {
        damaged = true;
        return;
      }
      startUnit();
      append(frame, at, at + unitBytes);
      endUnit();
      at += unitBytes;
    }
  }

  private void fragment(byte[] frame, int offset, int end) {
    byte fuHeader = frame[offset + headerBytes];
    if ((fuHeader & 0x80) != 0) {
      startUnit();
      fragmentOpen = true;
      append(unitHeader(frame, offset, fuHeader), 0, headerBytes);
    }
    if (!fragmentOpen) {
      damaged = true;
      return;
    }
    append(frame, offset + headerBytes + 1, end);
    if ((fuHeader & 0x40) != 0) {
      endUnit();
      fragmentOpen = false;
    }
  }

  /** The header of the unit that was cut in pieces (RFC 6184 5.8, RFC 7798 4.4.3). */
  private byte[] unitHeader(byte[] frame, int offset, byte fuHeader) {
    if (codec == Codec.H264) {
      return new byte[] {(byte) (frame[offset] & 0xE0 | fuHeader & 0x1F)};
    }
    return new byte[] {(byte) (frame[offset] & 0x81 | (fuHeader & 0x3F) << 1), frame[offset + 1]};
  }

  private void startUnit() {
    if (fragmentOpen) {
      damaged = true;
      endUnit();
      fragmentOpen = false;
    }
    fragmentStart = sizeBytes;
    ensure(4);
    sizeBytes += 4;
  }

  private void append(byte[] from, int start, int end) {
    int count = end - start;
    if (sizeBytes + count > MAX_UNIT_BYTES) {
      damaged = true;
      return;
    }
    ensure(count);
    System.arraycopy(from, start, bytes, sizeBytes, count);
    sizeBytes += count;
  }

  private void endUnit() {
    ByteBuffer.wrap(bytes).putInt(fragmentStart, sizeBytes - fragmentStart - 4);
  }

  private void ensure(int moreBytes) {
    if (bytes.length - sizeBytes < moreBytes) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, sizeBytes + moreBytes));
    }
  }

  private void finish() {
    if (fragmentOpen) {
      damaged = true;
      endUnit();
      fragmentOpen = false;
    }
    VclHash hash = new VclHash(codec);
    NalUnits.forEachLengthPrefixed(bytes, 0, sizeBytes, hash::unit);
    // Parameter sets sent on their own are no picture.
    if (hash.vclUnits() > 0) {
      sink.accept(
          new AccessUnit(
              hash.value(),
              Integer.toUnsignedLong(timestamp),
              lastPacketNanos,
              sizeBytes,
              hash.isKeyframe(),
              !damaged));
    }
    sizeBytes = 0;
    open = false;
    damaged = false;
  }
}
