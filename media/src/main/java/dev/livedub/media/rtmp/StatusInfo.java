package dev.livedub.media.rtmp;

import dev.livedub.media.rtmp.RtmpException.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private static final String CLOSED = "the server closed the connection";

  /** The information object among a command's values, wherever it stands. */
  static StatusInfo in(List<@Nullable Object> command) {
    return command.stream()
        .filter(value -> value instanceof Map<?, ?> map && map.containsKey("code"))
        .reduce((first, second) -> second)
        .map(value -> of((Map<?, ?>) value))
        .orElse(new StatusInfo("", "", ""));
  }

  /** What a command complains of that answers none of ours: a stream's end by the server. */
  static Optional<StatusInfo> complaint(List<@Nullable Object> command) {
    String name = !command.isEmpty() && command.get(0) instanceof String text ? text : "";
    StatusInfo info = in(command);
    if (name.equals("close")) {
      return Optional.of(new StatusInfo("error", CLOSED, ""));
    }
    return name.equals("onStatus") && info.level().equals("error")
        ? Optional.of(info)
        : Optional.empty();
  }

  private static StatusInfo of(Map<?, ?> map) {
    return new StatusInfo(text(map, "level"), text(map, "code"), text(map, "description"));
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  /** What it means for a stream that was not granted yet. */
  RtmpException asRefusal() {
    boolean passes = TROUBLE.matcher(code).matches();
    Reason reason = code.equals(CLOSED) ? Reason.HUNG_UP : passes ? Reason.LOST : Reason.DENIED;
    return new RtmpException(reason, words());
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
