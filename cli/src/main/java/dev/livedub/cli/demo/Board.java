package dev.livedub.cli.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the page shows besides the streams: where the demonstration stands, what was announced, and
 * at the end the table.
 *
 * <p><b>Threading:</b> any thread.
 */
final class Board {

  private static final JsonFactory JSON = new JsonFactory();

  private final Duration delay;
  private final int seconds;
  private final List<Announcement> announcements = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private String phase = "starting";
  private double onAirSeconds;
  private List<Finding> findings = List.of();

  private record Announcement(double onAirSeconds, String text) {}

  Board(Duration delay, int seconds) {
    this.delay = delay;
    this.seconds = seconds;
  }

  /** Where it stands, in a word or two. */
  synchronized void phase(String newPhase) {
    phase = newPhase;
  }

  /** How much has been on air. */
  synchronized void onAir(double newSeconds) {
    onAirSeconds = newSeconds;
  }

  /** Something happens on purpose. */
  synchronized void announce(String text) {
    announcements.add(new Announcement(onAirSeconds, text));
  }

  /** Something a viewer should know. */
  synchronized void notice(String text) {
    notices.add(text);
  }

  /** What viewers should know, oldest first. */
  synchronized List<String> notices() {
    return List.copyOf(notices);
  }

  /** What was measured. */
  synchronized void findings(List<Finding> newFindings) {
    findings = List.copyOf(newFindings);
  }

  /**
   * All of it.
   *
   * @param nowMicros the demonstration's time now
   */
  synchronized String json(long nowMicros) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("clockMillis", nowMicros / 1_000);
      json.writeNumberField("delayMillis", delay.toMillis());
      json.writeNumberField("seconds", seconds);
      json.writeStringField("phase", phase);
      json.writeNumberField("onAirSeconds", onAirSeconds);
      writeAnnouncements(json);
      json.writeArrayFieldStart("notices");
      for (String notice : notices) {
        json.writeString(notice);
      }
      json.writeEndArray();
      writeFindings(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written", e);
    }
    return text.toString();
  }

  private void writeAnnouncements(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("announcements");
    for (Announcement each : announcements) {
      json.writeStartObject();
      json.writeNumberField("onAirSeconds", each.onAirSeconds());
      json.writeStringField("text", each.text());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeFindings(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("findings");
    for (Finding each : findings) {
      json.writeStartObject();
      json.writeStringField("what", each.what());
      json.writeStringField("measured", each.measured());
      json.writeStringField("bound", each.bound());
      json.writeStringField("verdict", each.verdict().name());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
