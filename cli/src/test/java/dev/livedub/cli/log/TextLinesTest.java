package dev.livedub.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class TextLinesTest {

  private static final LogIdentity IDENTITY = new LogIdentity("demo", "run", "instance");
  private final TextLines plain = new TextLines(IDENTITY, false);

  @Test
  void line_event_isReadable() {
    String line =
        plain.line(
            JsonLinesTest.event(
                "dev.livedub.media.X",
                log ->
                    log.atInfo()
                        .addKeyValue("event", "input_connected")
                        .addKeyValue("codec", "h264")
                        .addKeyValue("lagMillis", 1.23456)
                        .addKeyValue("note", "two words")
                        .log("connected to rtsp://u:SECRET@h/x")));
    assertThat(line)
        .matches(
            "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  input_connected +connected to rtsp://\\*\\*\\*@h/x"
                + "  codec=h264  lagMillis=1\\.235  note=\"two words\"");
  }

  @Test
  void line_textOfAPeer_cannotMoveTheCursor() {
    String line =
        plain.line(
            JsonLinesTest.event(
                "dev.livedub.media.X", log -> log.warn("peer says \u001b[2J\r\nfake line")));
    assertThat(line).endsWith("peer says [2J fake line").doesNotContain("\u001b", "\n", "\r");
  }

  @Test
  void line_exceptionBelowError_isToldInOneLine() {
    Exception e = new IllegalStateException("outer", new IOException("refused"));
    String line =
        plain.line(JsonLinesTest.event("dev.livedub.media.X", log -> log.warn("failed", e)));
    assertThat(line)
        .endsWith("failed; IllegalStateException: outer; IOException: refused")
        .doesNotContain("\n");
  }

  @Test
  void line_error_hasItsTraceAndColourOnlyForATerminal() {
    Exception e = new IllegalStateException("outer");
    String colourless =
        plain.line(JsonLinesTest.event("dev.livedub.media.X", log -> log.error("failed", e)));
    String coloured =
        new TextLines(IDENTITY, true)
            .line(JsonLinesTest.event("dev.livedub.media.X", log -> log.error("failed", e)));
    assertThat(colourless).contains("\n    java.lang.IllegalStateException: outer\n    at ");
    assertThat(colourless).doesNotContain("\u001b");
    assertThat(coloured).contains("\u001b[31mERROR\u001b[0m");
  }
}
