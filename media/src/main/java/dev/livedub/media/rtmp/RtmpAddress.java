package dev.livedub.media.rtmp;

import java.util.Locale;
import java.util.Optional;

/**
 * What an RTMP address means: where to connect, to which application, under which name.
 *
 * <p>Application and name are told apart as FFmpeg does, because servers are configured by what
 * FFmpeg sends: the application is the first one or two elements of the path, the name is the rest,
 * with the query. Only a slash within the query, which is no part of the path, is not taken for a
 * border.
 *
 * @param tls whether the connection is encrypted (RTMPS)
 * @param host a name or address; IPv6 without brackets
 * @param app the application
 * @param playPath the stream's name, which third parties use as its key
 * @param login who publishes, for servers that ask
 */
public record RtmpAddress(
    boolean tls, String host, int port, String app, String playPath, Optional<Login> login) {

  private static final int DEFAULT_PORT = 1935;
  private static final int DEFAULT_TLS_PORT = 443;
  private static final String ON_DEMAND = "/ondemand/";
  private static final String STREAM_LIST = "slist=";

  /** User and password, as they stand in the address. */
  public record Login(String user, String password) {}

  /** An address as it is split up: {@code scheme://user:password@host:port/path?query}. */
  private record Parts(String user, String host, String port, String path) {}

  /**
   * Reads {@code rtmp://} and {@code rtmps://}.
   *
   * @throws IllegalArgumentException if it names no host or a port that cannot be; without the
   *     address, which holds secrets
   */
  public static RtmpAddress of(String url) {
    int border = url.indexOf("://");
    boolean tls = url.substring(0, Math.max(0, border)).toLowerCase(Locale.ROOT).equals("rtmps");
    Parts parts = split(url.substring(border + 3));
    if (parts.host().isEmpty()) {
      throw new IllegalArgumentException("an RTMP address without a host");
    }
    int port = parts.port().isEmpty() ? defaultPort(tls) : port(parts.port());
    String[] names = appAndName(parts.path());
    return new RtmpAddress(
        tls, parts.host(), port, names[0], playPath(names[1]), login(parts.user()));
  }

  private static int defaultPort(boolean tls) {
    return tls ? DEFAULT_TLS_PORT : DEFAULT_PORT;
  }

  private static Parts split(String rest) {
    int pathAt = indexOfAny(rest, "/?#");
    String authority = rest.substring(0, pathAt);
    int at = authority.lastIndexOf('@');
    String place = authority.substring(at + 1);
    int bracket = place.startsWith("[") ? place.indexOf(']') : -1;
    int colon = place.indexOf(':', Math.max(0, bracket));
    String host = colon < 0 ? place : place.substring(0, colon);
    return new Parts(
        at < 0 ? "" : authority.substring(0, at),
        bracket < 0 ? host : place.substring(1, bracket),
        colon < 0 ? "" : place.substring(colon + 1),
        rest.substring(pathAt));
  }

  private static int port(String digits) {
    try {
      int port = Integer.parseInt(digits);
      if (port > 0 && port <= 0xFFFF) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new IllegalArgumentException("the port of an RTMP address is '" + digits + "'");
  }

  private static Optional<Login> login(String user) {
    int colon = user.indexOf(':');
    return colon < 0
        ? Optional.empty()
        : Optional.of(new Login(user.substring(0, colon), user.substring(colon + 1)));
  }

  private static String[] appAndName(String whole) {
    int queryAt = indexOfAny(whole, "?");
    String path = whole.substring(0, queryAt);
    String query = whole.substring(queryAt);
    int listed = query.indexOf(STREAM_LIST);
    if (listed >= 0) {
      String name = query.substring(listed + STREAM_LIST.length());
      return new String[] {path.replaceFirst("^/", ""), name.substring(0, indexOfAny(name, "&"))};
    }
    if (path.startsWith(ON_DEMAND)) {
      return new String[] {"ondemand", path.substring(ON_DEMAND.length()) + query};
    }
    int from = path.startsWith("/") ? 1 : 0;
    int border = border(path, path.indexOf('/', from));
    return border < 0
        ? new String[] {"", whole.substring(Math.min(from, whole.length()))}
        : new String[] {path.substring(from, border), whole.substring(border + 1)};
  }

  /** The slash that ends the application: the second, unless a colon shows that a name is near. */
  private static int border(String path, int first) {
    int second = path.indexOf('/', first + 1);
    int colon = path.indexOf(':', first + 1);
    return first < 0 || second < 0 || (colon >= 0 && colon < second) ? first : second;
  }

  private static String playPath(String name) {
    if (name.endsWith(".flv")) {
      return name.substring(0, name.length() - 4);
    }
    boolean movie = name.endsWith(".mp4") || name.endsWith(".f4v");
    return movie && name.indexOf(':') < 0 ? "mp4:" + name : name;
  }

  private static int indexOfAny(String text, String wanted) {
    int index = 0;
    while (index < text.length() && wanted.indexOf(text.charAt(index)) < 0) {
      index++;
    }
    return index;
  }

  /** The address of the application, with the port always. */
  String tcUrl() {
    String bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return (tls ? "rtmps://" : "rtmp://") + bracketed + ":" + port + "/" + app;
  }

  /** Host and application only: the name is a secret. */
  @Override
  public String toString() {
    return tcUrl();
  }
}
