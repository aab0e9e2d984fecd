package dev.livedub.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.livedub.core.log.MaskedUrl;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON object a line: the common fields first, then the event's own. */
final class JsonLines implements LineFormat {

  private static final int MAX_EXCEPTION_CHARS = 16_384;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final JsonFactory factory = new JsonFactory();
  private final LogIdentity identity;

  JsonLines(LogIdentity identity) {
    this.identity = identity;
  }

  @Override
  public String line(ILoggingEvent event) {
    return write(
        event.getInstant(),
        event.getLevel().toString(),
        EventFields.of(event, identity),
        exception(event.getThrowableProxy()));
  }

  @Override
  public String lossLine(long count) {
    EventFields fields =
        new EventFields(
            "log_dropped",
            "cli",
            identity.streamId(),
            identity.runId(),
            identity.instanceId(),
            "log lines were lost because they were not read fast enough",
            Map.of("count", count));
    return write(Instant.now(), "WARN", fields, "");
  }

  private String write(Instant at, String level, EventFields fields, String exception) {
    StringWriter line = new StringWriter(256);
    try (JsonGenerator json = factory.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("ts", TIME.format(at));
      json.writeStringField("level", level);
      json.writeStringField("event", fields.event());
      json.writeStringField("component", fields.component());
      json.writeStringField("streamId", fields.streamId());
      json.writeStringField("runId", fields.runId());
      json.writeStringField("instanceId", fields.instanceId());
      json.writeStringField("message", fields.message());
      for (Map.Entry<String, Object> field : fields.own().entrySet()) {
        writeOwn(json, field.getKey(), field.getValue());
      }
      if (!exception.isEmpty()) {
        json.writeStringField("exception", exception);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return line.toString();
  }

  private static void writeOwn(JsonGenerator json, String key, Object value) throws IOException {
    json.writeFieldName(key);
    if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Double || value instanceof Float) {
      json.writeNumber(((Number) value).doubleValue());
    } else if (value instanceof Number number) {
      json.writeNumber(number.toString());
    } else {
      json.writeString(value.toString());
    }
  }

  private static String exception(@Nullable IThrowableProxy thrown) {
    if (thrown == null) {
      return "";
    }
    String text = MaskedUrl.inText(ThrowableProxyUtil.asString(thrown).strip());
    return text.length() <= MAX_EXCEPTION_CHARS ? text : text.substring(0, MAX_EXCEPTION_CHARS);
  }
}
