package dev.livedub.media.rtsp;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer to PLAY says at which RTP time each track begins (RFC 2326, 12.33). */
final class RtpInfo {

  private static final Pattern BETWEEN = Pattern.compile("(?i),(?=\\s*url=)");
  private static final Pattern URL = Pattern.compile("(?i)\\burl=\"?([^\";,\\s]+)");
  private static final Pattern TIME = Pattern.compile("(?i);\\s*rtptime=(\\d{1,10})");

  private RtpInfo() {}

  /**
   * The RTP time, as 32 bits, of the track with that address; empty if nothing or 0 is said of it.
   */
  static OptionalInt rtpTime(String header, String baseUri, String trackUri) {
    for (String entry : BETWEEN.splitAsStream(header).toList()) {
      Matcher url = URL.matcher(entry);
      Matcher time = TIME.matcher(entry);
      boolean about =
          url.find() && isSame(RtspUrl.control(baseUri, url.group(1)), trackUri) && time.find();
      long rtpTime = about ? Long.parseLong(time.group(1)) : 0;
      if (rtpTime != 0) {
        return OptionalInt.of((int) rtpTime);
      }
    }
    return OptionalInt.empty();
  }

  private static boolean isSame(String one, String other) {
    return withoutSlash(one).equals(withoutSlash(other));
  }

  private static String withoutSlash(String uri) {
    return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
  }
}
