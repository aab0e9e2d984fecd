package dev.livedub.orchestrator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livedub.orchestrator.api.ApiException;
import dev.livedub.orchestrator.api.HookEvent;
import dev.livedub.orchestrator.api.ProblemCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a hook says. Fields that are not known are ignored: MediaMTX may learn new ones. */
final class HookBody {

  /** The paths that are ours. */
  static final Pattern INGEST = Pattern.compile("live/([A-Za-z0-9_-]{1,64})/in");

  /** Longest word of MediaMTX's that is taken for one. */
  static final int MAX_WORD_CHARS = 256;

  private static final int MAX_SHOWN_CHARS = 80;

  private HookBody() {}

  /** The event that a body speaks of. */
  static HookEvent read(ObjectNode body, String requestId) throws ApiException {
    String path = pathOf(body);
    Matcher ingest = INGEST.matcher(path);
    if (!ingest.matches()) {
      throw new ApiException(
          ProblemCode.INVALID_PATH,
          '"'
              + shown(path)
              + "\" is not live/<streamId>/in with a streamId of [A-Za-z0-9_-]{1,64}");
    }
    return new HookEvent(
        requestId,
        ingest.group(1),
        path,
        text(body, "query"),
        word(body, "sourceType"),
        word(body, "sourceId"));
  }

  private static String pathOf(ObjectNode body) throws ApiException {
    JsonNode path = body.get("path");
    if (path == null || !path.isTextual()) {
      throw new ApiException(ProblemCode.INVALID_PATH, "\"path\" is missing or not a string");
    }
    return path.textValue();
  }

  private static String word(ObjectNode body, String name) throws ApiException {
    String word = text(body, name);
    if (word.length() > MAX_WORD_CHARS) {
      throw new ApiException(
          ProblemCode.INVALID_VALUE,
          '"' + name + "\" is longer than " + MAX_WORD_CHARS + " characters");
    }
    return word;
  }

  private static String text(ObjectNode body, String name) throws ApiException {
    JsonNode value = body.get(name);
    if (value == null || value.isNull()) {
      return "";
    }
    if (!value.isTextual()) {
      throw StrictJson.invalid('"' + name + "\" is not a string");
    }
    return value.textValue();
  }

  /** As much of a path as helps; a query put behind it by mistake is left out. */
  private static String shown(String path) {
    String plain = path.split("\\?", 2)[0].replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= MAX_SHOWN_CHARS ? plain : plain.substring(0, MAX_SHOWN_CHARS) + "…";
  }
}
