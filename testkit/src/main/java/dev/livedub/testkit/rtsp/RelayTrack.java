package dev.livedub.testkit.rtsp;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One elementary stream of a publication: its channels, how its timestamps are moved, and where it
 * stands. Threading: under its path's lock.
 */
final class RelayTrack {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final int index;
  private final SessionDescription.Track description;
  private final @Nullable Depacketizer depacketizer;
  private int rtpChannel = -1;
  private int rtcpChannel = -1;
  private int offsetTicks;
  private long rtpPackets;
  private int lastSequence;
  private int lastTimestamp;
  private long lastNanos;
  private long nthCounter;
  private byte @Nullable [] lastReport;

  RelayTrack(int index, SessionDescription.Track description, Consumer<AccessUnit> tap) {
    this.index = index;
    this.description = description;
    depacketizer = description.codec() == null ? null : new Depacketizer(description.codec(), tap);
  }

  int index() {
    return index;
  }

  MediaKind kind() {
    return description.kind();
  }

  String control() {
    return description.control();
  }

  void channels(TransportHeader transport) {
    rtpChannel = transport.rtpChannel();
    rtcpChannel = transport.rtcpChannel();
  }

  boolean hasRtp(int channel) {
    return channel == rtpChannel;
  }

  boolean hasRtcp(int channel) {
    return channel == rtcpChannel;
  }

  /** Moves timestamps from the next packet on; adds up. */
  void shift(long nanos) {
    offsetTicks += (int) ticks(nanos);
    lastReport = null;
  }

  /** Moves timestamps so that they wrap around once {@code nanos} have passed. */
  void wrapIn(long nanos, long nowNanos) {
    offsetTicks += (int) -ticks(nanos) - timestampAt(nowNanos);
    lastReport = null;
  }

  boolean isShifted() {
    return offsetTicks != 0;
  }

  int shifted(int timestamp) {
    return timestamp + offsetTicks;
  }

  /** Whether this packet is an n-th one, counted from the first. */
  boolean isNth(int n) {
    return ++nthCounter % n == 0;
  }

  /** Takes note of an RTP packet that is about to be forwarded. */
  void forwarded(byte[] frame, long nowNanos, boolean tapped) {
    if (tapped && depacketizer != null) {
      depacketizer.packet(frame, nowNanos, rtpPackets == 0);
    }
    rtpPackets++;
    lastSequence = RtpPackets.sequenceNumber(frame);
    lastTimestamp = RtpPackets.timestamp(frame);
    lastNanos = nowNanos;
  }

  /** Takes note of a sender report as it was forwarded. */
  void reported(byte[] frame) {
    lastReport = frame;
  }

  /** The last sender report forwarded; null before the first, and after timestamps were moved. */
  byte @Nullable [] lastReport() {
    return lastReport;
  }

  /** Whether a packet was forwarded, so that the next one can be told in RTP-Info. */
  boolean isFlowing() {
    return rtpPackets > 0;
  }

  int nextSequence() {
    return (lastSequence + 1) & 0xFFFF;
  }

  /** The RTP timestamp that belongs to this moment, reckoned from the last packet. */
  int timestampAt(long nowNanos) {
    return lastTimestamp + (int) ticks(nowNanos - lastNanos);
  }

  private long ticks(long nanos) {
    long seconds = nanos / NANOS_PER_SECOND;
    long rest = nanos % NANOS_PER_SECOND;
    return seconds * description.clockRateHz()
        + rest * description.clockRateHz() / NANOS_PER_SECOND;
  }
}
