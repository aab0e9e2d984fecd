package dev.livedub.media.rtmp;

import dev.livedub.media.rtmp.RtmpException.Reason;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server says about a request or a stream: the information object of {@code _result}, {@code
 * _error} and {@code onStatus} (Adobe's RTMP 1.0, 7.2.1.1, 7.2.2).
 *
 * @param level {@code status}, {@code warning} or {@code error}
 * @param code such as {@code NetStream.Publish.Start}
 * @param description for people
 */
record StatusInfo(String level, String code, String description) {

  /** Codes of trouble that the server has, not of a refusal; it may pass. */
  private static final Pattern TROUBLE =
      Pattern.compile(".*\\.(Failed|AppShutdown|Closed|IdleTimeout|InsufficientBW)");

  /** The information object among a command's values, wherever it stands. */
  static StatusInfo in(List<@Nullable Object> command) {
    return command.stream()
        .filter(value -> value instanceof Map<?, ?> map && map.containsKey("code"))
        .reduce((first, second) -> second)
        .map(value -> of((Map<?, ?>) value))
        .orElse(new StatusInfo("", "", ""));
  }

  private static StatusInfo of(Map<?, ?> map) {
    return new StatusInfo(text(map, "level"), text(map, "code"), text(map, "description"));
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  boolean isError() {
    return level.equals("error");
  }

  /** What it means for a stream that was not granted yet. */
  RtmpException asRefusal() {
    boolean passes = TROUBLE.matcher(code).matches();
    return new RtmpException(passes ? Reason.LOST : Reason.DENIED, words());
  }

  /** What it means for a stream that was under way. */
  RtmpException asLoss() {
    return new RtmpException(Reason.LOST, words());
  }

  private String words() {
    if (code.isEmpty() && description.isEmpty()) {
      return "the server said no";
    }
    return description.isEmpty() || description.equals(code)
        ? code
        : code + " (" + description.strip() + ")";
  }
}
