package dev.livedub.orchestrator.http.server;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request.
 *
 * <p><b>Ownership:</b> the body is the request's own; it is not copied.
 *
 * @param id names the request: the client's word if it is a sane one
 * @param path as it was sent, without query; nothing is decoded
 * @param body empty if there is none, or while it has not been read yet
 * @param bodyAnnounced whether the headers speak of a body
 * @param local address it came to
 * @param secure whether it came over TLS
 */
@SuppressWarnings("ArrayRecordComponent") // a buffer handed over, never compared
public record Request(
    String id,
    String method,
    String path,
    HttpHeaders headers,
    byte[] body,
    boolean bodyAnnounced,
    InetSocketAddress local,
    boolean secure) {

  /** Name of the header that names a request. */
  public static final String ID_HEADER = "x-request-id";

  private static final Pattern SANE_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://[^/?#]*([^?#]*).*");
  private static final Pattern END_OF_PATH = Pattern.compile("[?#]");

  /** A request of which only the head has been read. */
  static Request of(HttpRequest head, InetSocketAddress local, boolean secure) {
    String length = head.headers().get(HttpHeaderNames.CONTENT_LENGTH, "0");
    boolean announced = HttpUtil.isTransferEncodingChunked(head) || !length.equals("0");
    return new Request(
        idOf(head.headers()),
        head.method().name(),
        pathOf(head.uri()),
        head.headers(),
        new byte[0],
        announced,
        local,
        secure);
  }

  /** This request with its body. */
  Request with(byte[] wholeBody) {
    return new Request(id, method, path, headers, wholeBody, bodyAnnounced, local, secure);
  }

  /** A header's only value; empty if it is missing. */
  public Optional<String> header(CharSequence name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** What follows {@code Authorization: Bearer}; empty if there is no such header. */
  public Optional<String> bearer() {
    return header(HttpHeaderNames.AUTHORIZATION)
        .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(value -> value.substring(7).strip());
  }

  /** The client's name for a request, or a new one. */
  static String idOf(HttpHeaders headers) {
    String given = headers.get(ID_HEADER);
    return given != null && SANE_ID.matcher(given).matches()
        ? given
        : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  private static String pathOf(String uri) {
    Matcher absolute = ABSOLUTE.matcher(uri);
    if (absolute.matches()) {
      return absolute.group(1).isEmpty() ? "/" : absolute.group(1);
    }
    return END_OF_PATH.split(uri, 2)[0];
  }

  @Override
  public String toString() {
    return method + " " + id;
  }
}
