package dev.livedub.cli.serve;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a publisher's query says about the few keys that are listened to. Whatever else it holds is
 * passed over, and nothing in it is an error.
 *
 * <p>MediaMTX gives its hooks the query with everything escaped, {@code =} and {@code &} too; its
 * control API, and its versions before 1.18.1, give it as the publisher sent it. Both are read.
 */
final class PublisherQuery {

  private static final int MAX_CHARS = 65_536;

  private final Map<String, String> values;

  private PublisherQuery(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * Reads a query, without its question mark.
   *
   * @param keys the ones listened to; of each the first value counts
   */
  static PublisherQuery parse(String query, List<String> keys) {
    String text = query.length() > MAX_CHARS ? query.substring(0, MAX_CHARS) : query;
    boolean escapedAsAWhole = text.indexOf('=') < 0 && text.indexOf('&') < 0;
    String pairs = escapedAsAWhole ? decode(text) : text;
    Map<String, String> values = new HashMap<>();
    for (String pair : pairs.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        String key = decode(pair.substring(0, equals));
        if (keys.contains(key)) {
          values.putIfAbsent(key, decode(pair.substring(equals + 1)));
        }
      }
    }
    return new PublisherQuery(values);
  }

  /** What is said about a key. */
  Optional<String> find(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** Percent-encoding undone; what is not such an encoding stays as it is. */
  private static String decode(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      int value = in[i] == '%' && i + 2 < in.length ? hexByte(in[i + 1], in[i + 2]) : -1;
      if (value >= 0) {
        out.write(value);
        i += 2;
      } else {
        out.write(in[i] == '+' ? ' ' : in[i]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The byte that two digits stand for; −1 if they are none. */
  private static int hexByte(byte high, byte low) {
    int highDigit = high < 0 ? -1 : Character.digit(high, 16);
    int lowDigit = low < 0 ? -1 : Character.digit(low, 16);
    return highDigit < 0 || lowDigit < 0 ? -1 : highDigit << 4 | lowDigit;
  }
}
