package dev.livedub.orchestrator.mediamtx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What MediaMTX is told to do with a path, its defaults included; as far as livedub depends on it.
 *
 * @param name a path, a regular expression after {@code ~}, or {@code all_others}
 * @param onPublisher the command that it runs when a publisher is there; empty for none
 * @param offPublisher the command that it runs when the publisher is gone; empty for none
 * @param useAbsoluteTimestamp whether an RTSP publisher's own clock decides how sound and picture
 *     lie to each other
 */
public record PathSettings(
    String name, String onPublisher, String offPublisher, boolean useAbsoluteTimestamp) {

  private static final String ALL_OTHERS = "all_others";

  /** Whether they hold for a path, unless others that come before do. */
  public boolean holdsFor(String path) {
    if (!name.startsWith("~")) {
      return name.equals(path) || name.equals(ALL_OTHERS);
    }
    try {
      return Pattern.compile(name.substring(1)).matcher(path).find();
    } catch (PatternSyntaxException e) {
      // Go's expressions are not all Java's.
      return false;
    }
  }

  /** Reads an item of the API's list; hooks have had two names each. */
  static PathSettings of(JsonNode item) {
    return new PathSettings(
        item.path("name").asText(""),
        first(item, "runOnOnline", "runOnAvailable", "runOnReady"),
        first(item, "runOnOffline", "runOnUnavailable", "runOnNotReady"),
        item.path("useAbsoluteTimestamp").asBoolean(false));
  }

  private static String first(JsonNode item, String... names) {
    for (String name : names) {
      String value = item.path(name).asText("");
      if (!value.isBlank()) {
        return value;
      }
    }
    return "";
  }
}
