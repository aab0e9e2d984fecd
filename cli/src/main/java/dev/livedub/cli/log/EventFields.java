package dev.livedub.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.livedub.core.log.MaskedUrl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * An event taken apart: the fields that every line has, and those that only this one has. Every
 * text has passed {@link MaskedUrl}, whoever worded it.
 *
 * @param own key-values of the event besides the common ones, in their order
 */
record EventFields(
    String event,
    String component,
    String streamId,
    String runId,
    String instanceId,
    String message,
    Map<String, Object> own) {

  /** Stands for the name of an event that has none, such as those of libraries. */
  static final String UNNAMED = "log";

  private static final List<String> RESERVED = List.of("ts", "level", "message", "exception");
  private static final String OURS = "dev.livedub.";

  static EventFields of(ILoggingEvent event, LogIdentity identity) {
    Map<String, Object> own = new LinkedHashMap<>();
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        own.put(RESERVED.contains(pair.key) ? pair.key + "_" : pair.key, masked(pair.value));
      }
    }
    Map<String, String> context = event.getMDCPropertyMap();
    return new EventFields(
        take(own, context, "event", UNNAMED),
        take(own, context, "component", component(event.getLoggerName())),
        take(own, context, "streamId", identity.streamId()),
        take(own, context, "runId", identity.runId()),
        take(own, context, "instanceId", identity.instanceId()),
        MaskedUrl.inText(String.valueOf(event.getFormattedMessage())),
        own);
  }

  private static String take(
      Map<String, Object> own, Map<String, String> context, String key, String otherwise) {
    Object value = own.remove(key);
    return value != null ? value.toString() : context.getOrDefault(key, otherwise);
  }

  /** Our module, or the short name of a foreign logger. */
  private static String component(String logger) {
    if (logger.startsWith(OURS)) {
      int end = logger.indexOf('.', OURS.length());
      return end < 0 ? logger.substring(OURS.length()) : logger.substring(OURS.length(), end);
    }
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  /** Numbers and truth values as they are, all else as masked text. */
  private static Object masked(@Nullable Object value) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      return "";
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value;
    }
    return value == null ? "" : MaskedUrl.inText(value.toString());
  }
}
