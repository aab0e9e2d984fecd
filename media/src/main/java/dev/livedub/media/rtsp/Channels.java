package dev.livedub.media.rtsp;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The channels of one track (RFC 2326, 12.39: {@code interleaved}).
 *
 * @param rtp of its RTP packets
 * @param rtcp of its RTCP packets
 */
record Channels(int rtp, int rtcp) {

  private static final Pattern INTERLEAVED =
      Pattern.compile("(?i)\\binterleaved\\s*=\\s*(\\d{1,3})(?:\\s*-\\s*(\\d{1,3}))?");
  private static final int LAST = 255;

  /** What to ask for, for the track of that index. */
  static Channels ofTrack(int index) {
    return new Channels(2 * index, 2 * index + 1);
  }

  /** What the server assigned; empty if that is not TCP. */
  static Optional<Channels> parse(String transport, Channels asked) {
    Matcher assigned = INTERLEAVED.matcher(transport);
    if (!assigned.find()) {
      boolean tcp = transport.toUpperCase(Locale.ROOT).contains("/TCP");
      return tcp ? Optional.of(asked) : Optional.empty();
    }
    int rtp = Integer.parseInt(assigned.group(1));
    int rtcp = assigned.group(2) == null ? rtp + 1 : Integer.parseInt(assigned.group(2));
    return rtp <= LAST && rtcp <= LAST ? Optional.of(new Channels(rtp, rtcp)) : Optional.empty();
  }

  /** As a request says it. */
  String transport() {
    return "RTP/AVP/TCP;unicast;interleaved=" + rtp + "-" + rtcp;
  }
}
