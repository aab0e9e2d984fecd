package dev.livedub.media.rtsp;

import dev.livedub.media.rtsp.RtspException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request or an answer (RFC 2326, 4 to 7) that came from the server.
 *
 * @param startLine request line or status line
 * @param headers in their order
 */
record RtspMessage(String startLine, List<Header> headers, String body) {

  private static final Pattern STATUS_LINE = Pattern.compile("RTSP/\\d\\.\\d +(\\d{3})(?: +(.*))?");
  private static final Pattern REQUEST_LINE =
      Pattern.compile("([A-Z][A-Z_]*) +(\\S+) +RTSP/\\d\\.\\d *");

  /** One header. */
  record Header(String name, String value) {}

  /**
   * A message's head, without the empty line that ends it.
   *
   * @throws RtspException if this is none
   */
  static RtspMessage parseHead(byte[] head) throws RtspException {
    List<String> lines = new String(head, StandardCharsets.UTF_8).lines().toList();
    String startLine = lines.isEmpty() ? "" : lines.get(0);
    if (!looksLikeStart(startLine)) {
      throw new RtspException(Reason.RUBBISH, "what came is not RTSP");
    }
    List<Header> headers = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      boolean continued = !line.isEmpty() && line.charAt(0) <= ' ' && !headers.isEmpty();
      if (continued) {
        Header last = headers.remove(headers.size() - 1);
        headers.add(new Header(last.name(), last.value() + " " + line.strip()));
      } else if (colon > 0) {
        headers.add(
            new Header(line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
      }
    }
    return new RtspMessage(startLine, List.copyOf(headers), "");
  }

  static boolean looksLikeStart(String line) {
    return STATUS_LINE.matcher(line).matches() || REQUEST_LINE.matcher(line).matches();
  }

  RtspMessage withBody(byte[] newBody) {
    return new RtspMessage(startLine, headers, new String(newBody, StandardCharsets.UTF_8));
  }

  /** Whether it answers a request of ours, rather than asking something of us. */
  boolean isAnswer() {
    return startLine.startsWith("RTSP/");
  }

  /** The status of an answer. */
  int status() {
    Matcher line = STATUS_LINE.matcher(startLine);
    return line.matches() ? Integer.parseInt(line.group(1)) : 0;
  }

  /** Status and reason of an answer, for people. */
  String statusText() {
    Matcher line = STATUS_LINE.matcher(startLine);
    String reason = line.matches() && line.group(2) != null ? " " + line.group(2) : "";
    return (status() + reason).strip();
  }

  /** The method of a request. */
  String method() {
    Matcher line = REQUEST_LINE.matcher(startLine);
    return line.matches() ? line.group(1) : "";
  }

  /** The first header of that name; empty if there is none. */
  String header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst()
        .orElse("");
  }

  /** Every header of that name. */
  List<String> headers(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  /** The number that pairs request and answer. */
  OptionalInt sequence() {
    return number(header("CSeq"));
  }

  /**
   * How long the body is.
   *
   * @throws RtspException if the header is no number
   */
  int bodyBytes() throws RtspException {
    String length = header("Content-Length");
    if (length.isEmpty()) {
      return 0;
    }
    return number(length)
        .orElseThrow(() -> new RtspException(Reason.RUBBISH, "a body of no known length"));
  }

  private static OptionalInt number(String text) {
    return text.matches("[0-9]{1,9}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }
}
