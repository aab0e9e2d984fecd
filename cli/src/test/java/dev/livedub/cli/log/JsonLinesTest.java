package dev.livedub.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class JsonLinesTest {

  private final JsonLines lines = new JsonLines(new LogIdentity("demo", "run", "instance"));

  @Test
  void line_anyEvent_hasTheCommonFieldsFirst() throws Exception {
    Map<String, String> fields =
        fields("dev.livedub.media.source.Reader", log -> log.info("connected to {}", "x"));
    assertThat(new ArrayList<>(fields.keySet()))
        .containsExactly(
            "ts", "level", "event", "component", "streamId", "runId", "instanceId", "message");
    assertThat(fields)
        .containsEntry("level", "INFO")
        .containsEntry("event", "log")
        .containsEntry("component", "media")
        .containsEntry("streamId", "demo")
        .containsEntry("runId", "run")
        .containsEntry("instanceId", "instance")
        .containsEntry("message", "connected to x");
    assertThat(fields.get("ts")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
  }

  @Test
  void line_keyValues_keepTheirTypesAndNameTheEvent() throws Exception {
    String line =
        line(
            "dev.livedub.media.X",
            log ->
                log.atWarn()
                    .addKeyValue("event", "input_lost")
                    .addKeyValue("streamId", "other")
                    .addKeyValue("count", 3L)
                    .addKeyValue("lagMillis", 1.5)
                    .addKeyValue("nan", Double.NaN)
                    .addKeyValue("retry", true)
                    .addKeyValue("message", "clash")
                    .log("lost"));
    assertThat(line)
        .contains("\"event\":\"input_lost\"", "\"streamId\":\"other\"", "\"count\":3,")
        .contains("\"lagMillis\":1.5,", "\"nan\":\"\",", "\"retry\":true,")
        .contains("\"message\":\"lost\"", "\"message_\":\"clash\"");
    assertThat(parse(line)).containsEntry("level", "WARN");
  }

  @Test
  void line_exception_isOneFieldAndOneLine() throws Exception {
    IOException cause = new IOException("no route to rtsp://u:SECRET@h/x\nsecond line");
    Map<String, String> fields =
        fields(
            "org.example.Library",
            log -> log.warn("failed", new IllegalStateException("outer", cause)));
    assertThat(fields.get("exception"))
        .startsWith("java.lang.IllegalStateException: outer\n\tat ")
        .contains("Caused by: java.io.IOException: no route to rtsp://***@h/x\nsecond line")
        .doesNotContain("SECRET");
    assertThat(fields).containsEntry("component", "Library");
  }

  @Test
  void line_addressesInMessageAndValues_areMaskedWhoeverWordedThem() {
    String line =
        line(
            "dev.livedub.media.X",
            log ->
                log.atInfo()
                    .addKeyValue("target", "rtmp://live.example/app/SECRET")
                    .addKeyValue("object", new StringBuilder("srt://h:1?passphrase=SECRET"))
                    .log("opening rtmps://live.example/app/SECRET and \"quotes\" \u0007"));
    assertThat(line)
        .doesNotContain("SECRET")
        .contains("rtmp://live.example/app/***", "srt://h:1?passphrase=***")
        .contains("\\\"quotes\\\" \\u0007");
  }

  @Test
  void lossLine_count_isAnEventToo() throws Exception {
    assertThat(parse(lines.lossLine(7)))
        .containsEntry("event", "log_dropped")
        .containsEntry("count", "7")
        .containsEntry("streamId", "demo");
  }

  private Map<String, String> fields(String logger, Consumer<Logger> use) throws IOException {
    return parse(line(logger, use));
  }

  private String line(String logger, Consumer<Logger> use) {
    String line = lines.line(event(logger, use));
    assertThat(line).doesNotContain("\n");
    return line;
  }

  static ILoggingEvent event(String logger, Consumer<Logger> use) {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    events.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(events);
    use.accept(context.getLogger(logger));
    List<ILoggingEvent> caught = events.list;
    assertThat(caught).hasSize(1);
    return caught.get(0);
  }

  /** A flat object, read by a parser rather than by the eye. */
  private static Map<String, String> parse(String line) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(line)) {
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        parser.nextToken();
        assertThat(fields.put(key, parser.getText())).as("key " + key + " twice").isNull();
      }
      assertThat(parser.nextToken()).isNull();
    }
    return fields;
  }
}
