package dev.livedub.media.rtsp;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns frames into the packets that the demuxer gets, one at a time: makes them ours, puts reports
 * ahead of them, leaves out what is of no use.
 *
 * <p><b>Threading:</b> one owner. Nothing is allocated for a packet: those that come from here are
 * written into the beginning of the buffer, the others stay where they are.
 */
final class PacketFlow {

  private static final int EARLY_AT = 0;
  private static final int LATE_AT = Rtcp.REPORT_BYTES;

  /** What the flow needs of the buffer's beginning. */
  static final int RESERVED_BYTES = 2 * Rtcp.REPORT_BYTES;

  private static final int CHANNELS = 256;

  private final ByteBuffer buffer;
  private final @Nullable RtpTrack[] byRtpChannel = new @Nullable RtpTrack[CHANNELS];
  private final @Nullable RtpTrack[] byRtcpChannel = new @Nullable RtpTrack[CHANNELS];
  private final Rtcp rtcp = new Rtcp();
  private int offset;
  private int sizeBytes;
  private int waitingOffset;
  private int waitingBytes;

  /** A track and its channels. */
  record Route(RtpTrack track, Channels channels) {}

  PacketFlow(ByteBuffer buffer, List<Route> routes) {
    this.buffer = buffer;
    for (Route route : routes) {
      byRtpChannel[route.channels().rtp()] = route.track();
      byRtcpChannel[route.channels().rtcp()] = route.track();
    }
  }

  /** Takes a frame; true if a packet is to be handed on. */
  boolean accept(int channel, int frameOffset, int frameBytes) {
    RtpTrack track = byRtpChannel[channel];
    boolean reports = track == null;
    if (track == null) {
      track = byRtcpChannel[channel];
    }
    if (track == null) {
      return false;
    }
    return (reports || Rtcp.isRtcp(buffer, frameOffset, frameBytes))
        ? acceptRtcp(track, frameOffset, frameBytes)
        : acceptRtp(track, frameOffset, frameBytes);
  }

  private boolean acceptRtp(RtpTrack track, int frameOffset, int frameBytes) {
    if (!track.isRtp(buffer, frameOffset, frameBytes)) {
      return false;
    }
    track.rewrite(buffer, frameOffset);
    if (track.needsReport(RtpTrack.rtpTime(buffer, frameOffset))) {
      waitingOffset = frameOffset;
      waitingBytes = frameBytes;
      handOn(EARLY_AT, track.writeReport(buffer, EARLY_AT));
    } else {
      handOn(frameOffset, frameBytes);
    }
    return true;
  }

  private boolean acceptRtcp(RtpTrack track, int frameOffset, int frameBytes) {
    rtcp.read(buffer, frameOffset, frameBytes);
    if (!rtcp.hasReport()) {
      return false;
    }
    boolean early = track.needsReport(rtcp.rtpTime());
    int earlyBytes = early ? track.writeReport(buffer, EARLY_AT) : 0;
    track.take(rtcp.time(), rtcp.rtpTime());
    int lateBytes = track.writeReport(buffer, LATE_AT);
    if (early) {
      waitingOffset = LATE_AT;
      waitingBytes = lateBytes;
      handOn(EARLY_AT, earlyBytes);
    } else {
      handOn(LATE_AT, lateBytes);
    }
    return true;
  }

  private void handOn(int at, int bytes) {
    offset = at;
    sizeBytes = bytes;
  }

  /** Goes on to a packet that waited behind the last one; false if none does. */
  boolean advance() {
    if (waitingBytes == 0) {
      return false;
    }
    handOn(waitingOffset, waitingBytes);
    waitingBytes = 0;
    return true;
  }

  /** Where in the buffer the packet lies. */
  int offset() {
    return offset;
  }

  /** How long the packet is. */
  int sizeBytes() {
    return sizeBytes;
  }
}
