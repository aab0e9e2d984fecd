package dev.livedub.testkit.rtsp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a Transport header the relay serves: RTP over the RTSP connection itself.
 *
 * @param rtpChannel channel of the RTP packets
 * @param rtcpChannel channel of the RTCP packets
 */
record TransportHeader(int rtpChannel, int rtcpChannel) {

  private static final Pattern INTERLEAVED =
      Pattern.compile("interleaved=(\\d{1,3})(-(\\d{1,3}))?");
  private static final int MAX_CHANNEL = 255;

  /** The first TCP alternative of the header, with channels from {@code freeChannel} if unnamed. */
  static Optional<TransportHeader> parse(String header, int freeChannel) {
    for (String alternative : header.split(",")) {
      if (!alternative.trim().startsWith("RTP/AVP/TCP")) {
        continue;
      }
      Matcher matcher = INTERLEAVED.matcher(alternative);
      int rtp = freeChannel;
      int rtcp = freeChannel + 1;
      if (matcher.find()) {
        rtp = Integer.parseInt(matcher.group(1));
        rtcp = matcher.group(3) == null ? rtp + 1 : Integer.parseInt(matcher.group(3));
      }
      if (rtp <= MAX_CHANNEL && rtcp <= MAX_CHANNEL) {
        return Optional.of(new TransportHeader(rtp, rtcp));
      }
    }
    return Optional.empty();
  }

  String format() {
    return "RTP/AVP/TCP;unicast;interleaved=" + rtpChannel + "-" + rtcpChannel;
  }
}
