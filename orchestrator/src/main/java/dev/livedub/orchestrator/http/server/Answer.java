package dev.livedub.orchestrator.http.server;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer that is known as a whole.
 *
 * <p><b>Ownership:</b> the body is shared and must not be changed.
 *
 * @param headers further ones, beside those that every answer has
 */
@SuppressWarnings("ArrayRecordComponent") // a buffer handed over, never compared
public record Answer(int status, String contentType, byte[] body, Map<String, String> headers)
    implements Reply {

  /** Type of JSON. */
  public static final String JSON = "application/json";

  public Answer {
    headers = Map.copyOf(headers);
  }

  /** An answer without further headers. */
  public Answer(int status, String contentType, byte[] body) {
    this(status, contentType, body, Map.of());
  }

  /** An answer in text. */
  public static Answer text(int status, String contentType, String body) {
    return new Answer(status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  /** This answer with one more header. */
  public Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, contentType, body, more);
  }
}
