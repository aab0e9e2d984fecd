package dev.livedub.testkit.rtsp;

import java.time.Duration;

/**
 * How a relay behaves apart from its faults.
 *
 * @param port to listen on; 0 takes a free one
 * @param rtpInfo whether the answer to PLAY carries RTP-Info
 * @param reportOnPlay whether a new player is told the publisher's last sender reports at once
 * @param sessionTimeout a player or an idle connection that sends nothing for this long is closed
 * @param publisherTimeout a publisher that sends nothing for this long is closed
 * @param playerQueueBytes a player for which more than this waits is dropped
 * @param stallBufferBytes kept back at most per path during a stall; beyond it the newest is lost
 * @param maxConnections beyond this a connection is closed at once
 */
public record RtspRelayOptions(
    int port,
    boolean rtpInfo,
    boolean reportOnPlay,
    Duration sessionTimeout,
    Duration publisherTimeout,
    int playerQueueBytes,
    int stallBufferBytes,
    int maxConnections) {

  /** A free port, RTP-Info, sender reports on PLAY, and MediaMTX's time limits. */
  public static RtspRelayOptions defaults() {
    return new RtspRelayOptions(
        0, true, true, Duration.ofSeconds(60), Duration.ofSeconds(10), 4 << 20, 32 << 20, 512);
  }

  /** The same on another port. */
  public RtspRelayOptions withPort(int newPort) {
    return new RtspRelayOptions(
        newPort,
        rtpInfo,
        reportOnPlay,
        sessionTimeout,
        publisherTimeout,
        playerQueueBytes,
        stallBufferBytes,
        maxConnections);
  }

  /** The same with or without RTP-Info. */
  public RtspRelayOptions withRtpInfo(boolean newRtpInfo) {
    return new RtspRelayOptions(
        port,
        newRtpInfo,
        reportOnPlay,
        sessionTimeout,
        publisherTimeout,
        playerQueueBytes,
        stallBufferBytes,
        maxConnections);
  }

  /** The same, but a new player waits for the publisher's next sender reports. */
  public RtspRelayOptions withoutReportOnPlay() {
    return new RtspRelayOptions(
        port,
        rtpInfo,
        false,
        sessionTimeout,
        publisherTimeout,
        playerQueueBytes,
        stallBufferBytes,
        maxConnections);
  }

  /** The same with other time limits. */
  public RtspRelayOptions withTimeouts(Duration newSessionTimeout, Duration newPublisherTimeout) {
    return new RtspRelayOptions(
        port,
        rtpInfo,
        reportOnPlay,
        newSessionTimeout,
        newPublisherTimeout,
        playerQueueBytes,
        stallBufferBytes,
        maxConnections);
  }

  /** The same with another bound on what waits for one player. */
  public RtspRelayOptions withPlayerQueueBytes(int newPlayerQueueBytes) {
    return new RtspRelayOptions(
        port,
        rtpInfo,
        reportOnPlay,
        sessionTimeout,
        publisherTimeout,
        newPlayerQueueBytes,
        stallBufferBytes,
        maxConnections);
  }
}
