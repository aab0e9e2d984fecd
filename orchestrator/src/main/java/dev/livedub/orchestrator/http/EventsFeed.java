package dev.livedub.orchestrator.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livedub.core.caption.Caption;
import dev.livedub.orchestrator.api.StreamListener;
import dev.livedub.orchestrator.api.StreamView;
import dev.livedub.orchestrator.http.server.LiveWriter;

/**
 * A stream's changes as server-sent events (WHATWG HTML, 9.2): {@code view} with the stream, and
 * {@code caption} with a sentence of a transcript.
 *
 * <p><b>Threading:</b> the stream's; never blocks.
 */
final class EventsFeed implements StreamListener {

  /** Type of the answer. */
  static final String TYPE = "text/event-stream";

  /** What is sent first: when to come back after a loss. */
  static final String BEGINNING = "retry: 2000\n\n";

  /** What is sent when nothing else is; a comment. */
  static final String HEARTBEAT = ": heartbeat\n\n";

  private final LiveWriter writer;
  private final ViewJson json;

  EventsFeed(LiveWriter writer, ViewJson json) {
    this.writer = writer;
    this.json = json;
  }

  @Override
  public void onView(StreamView view) {
    send("view", ViewJson.view(view));
  }

  @Override
  public void onCaption(Caption caption) {
    send("caption", ViewJson.caption(caption));
  }

  private void send(String event, JsonNode data) {
    writer.write("event: " + event + "\ndata: " + json.text(data) + "\n\n");
  }
}
