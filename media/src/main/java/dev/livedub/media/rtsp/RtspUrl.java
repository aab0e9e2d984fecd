package dev.livedub.media.rtsp;

import dev.livedub.core.log.MaskedUrl;
import dev.livedub.media.rtsp.RtspException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An RTSP address (RFC 2326, 3.2), taken apart.
 *
 * @param secure whether it is {@code rtsps}
 * @param login user and password, decoded
 * @param authority host and port as written
 * @param host name or address, IPv6 without brackets
 * @param target path and query as written; may be empty
 */
record RtspUrl(
    boolean secure, Optional<Login> login, String authority, String host, int port, String target) {

  private static final int PORT = 554;
  private static final int SECURE_PORT = 322;

  private static final Pattern WHOLE =
      Pattern.compile("(?i)(rtsps?)://([^/?#]*)([^#]*)(#.*)?", Pattern.DOTALL);
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:\\[([0-9a-fA-F:.%\\w]+)]|([^\\s:\\[\\]]+))(?::([0-9]{0,5}))?");

  /** Who logs in. */
  record Login(String user, String password) {
    @Override
    public String toString() {
      return MaskedUrl.MASK;
    }
  }

  static RtspUrl parse(String url) throws RtspException {
    Matcher whole = WHOLE.matcher(url.strip());
    if (!whole.matches()) {
      throw bad(url);
    }
    boolean secure = whole.group(1).toLowerCase(Locale.ROOT).endsWith("s");
    String place = whole.group(2);
    int at = place.lastIndexOf('@');
    String authority = place.substring(at + 1);
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches() || hasBlank(whole.group(3))) {
      throw bad(url);
    }
    String host = parts.group(1) != null ? parts.group(1) : parts.group(2);
    int port = secure ? SECURE_PORT : PORT;
    if (parts.group(3) != null && !parts.group(3).isEmpty()) {
      port = Integer.parseInt(parts.group(3));
    }
    if (port < 1 || port > 65_535) {
      throw bad(url);
    }
    Optional<Login> login = at < 0 ? Optional.empty() : Optional.of(login(place.substring(0, at)));
    return new RtspUrl(secure, login, authority, host, port, whole.group(3));
  }

  private static RtspException bad(String url) {
    return new RtspException(Reason.BAD_ADDRESS, "not an RTSP address: " + MaskedUrl.of(url));
  }

  private static boolean hasBlank(String text) {
    return text.chars().anyMatch(character -> character <= ' ' || character == 0x7F);
  }

  private static Login login(String userInfo) {
    int colon = userInfo.indexOf(':');
    return colon < 0
        ? new Login(decoded(userInfo), "")
        : new Login(decoded(userInfo.substring(0, colon)), decoded(userInfo.substring(colon + 1)));
  }

  /** Percent-decoded; a percent sign that begins no escape stays. */
  private static String decoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
      if (low < 0) {
        bytes.write(raw[i]);
      } else {
        bytes.write(high * 16 + low);
        i += 2;
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** What stands in a request: everything but user and password. */
  String requestUri() {
    return root() + target;
  }

  private String root() {
    return (secure ? "rtsps://" : "rtsp://") + authority;
  }

  /** The address that another server, or another place on this one, was named by. */
  RtspUrl redirectedTo(String location) throws RtspException {
    RtspUrl next = parse(location.startsWith("/") ? root() + location : location);
    if (secure && !next.secure) {
      throw new RtspException(Reason.UNTRUSTED, "redirected from rtsps to rtsp");
    }
    boolean samePlace = next.host.equalsIgnoreCase(host) && next.port == port;
    return next.login.isPresent() || !samePlace
        ? next
        : new RtspUrl(next.secure, login, next.authority, next.host, next.port, next.target);
  }

  /**
   * The address that a {@code control} attribute names (RFC 2326, C.1.1). A relative one is put
   * behind the base, whatever that ends with: servers mean it so, and resolving it by the book
   * would replace the base's last element.
   */
  static String control(String baseUri, String control) {
    if (control.isEmpty() || control.equals("*")) {
      return baseUri;
    }
    if (control.regionMatches(true, 0, "rtsp://", 0, 7)
        || control.regionMatches(true, 0, "rtsps://", 0, 8)) {
      return control;
    }
    if (control.startsWith("/")) {
      int path = baseUri.indexOf('/', baseUri.indexOf("://") + 3);
      return (path < 0 ? baseUri : baseUri.substring(0, path)) + control;
    }
    return baseUri + (baseUri.endsWith("/") ? "" : "/") + control;
  }
}
