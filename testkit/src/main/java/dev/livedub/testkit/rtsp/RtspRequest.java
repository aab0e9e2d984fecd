package dev.livedub.testkit.rtsp;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An RTSP/1.0 request.
 *
 * @param headers names in lower case
 */
record RtspRequest(String method, String uri, Map<String, String> headers, byte[] body)
    implements Inbound {

  /** The header's value, or the empty string. */
  String header(String lowerCaseName) {
    return headers.getOrDefault(lowerCaseName, "");
  }

  String bodyText() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The URI's path without slashes at its ends, query, or a track's name; perhaps empty. */
  String path() {
    String rest = uri;
    int scheme = rest.indexOf("://");
    if (scheme >= 0) {
      int slash = rest.indexOf('/', scheme + 3);
      rest = slash < 0 ? "" : rest.substring(slash);
    }
    int track = rest.lastIndexOf("/" + SessionDescription.CONTROL_PREFIX);
    rest = track < 0 ? rest : rest.substring(0, track);
    int query = rest.indexOf('?');
    rest = query < 0 ? rest : rest.substring(0, query);
    return rest.replaceAll("^/+|/+$", "");
  }
}
