package dev.livedub.orchestrator.http;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.caption.WebVtt;
import dev.livedub.orchestrator.api.StreamListener;
import dev.livedub.orchestrator.api.StreamView;
import dev.livedub.orchestrator.http.server.LiveWriter;

/**
 * A stream's translation as live WebVTT. Times count from where the run went on air, as those of
 * the output do; so the text ends with the run, or when its worker is started anew.
 *
 * <p><b>Threading:</b> the stream's; never blocks.
 */
final class CaptionsFeed implements StreamListener {

  /** Type of the answer. */
  static final String TYPE = "text/vtt; charset=utf-8";

  /** What is sent when nothing else is; a comment. */
  static final String HEARTBEAT = "NOTE\n\n";

  private final LiveWriter writer;
  private final WebVtt text;
  private String run = "";

  /**
   * Writes the beginning at once.
   *
   * @param languageTag language of the translation
   */
  CaptionsFeed(LiveWriter writer, String languageTag) {
    this.writer = writer;
    this.text = new WebVtt(languageTag);
    writer.write(text.header());
  }

  @Override
  public void onView(StreamView view) {
    String now = view.runId().isEmpty() ? "" : view.runId() + '/' + view.restarts();
    if (run.isEmpty()) {
      run = now;
    } else if (!run.equals(now)) {
      writer.end();
    }
  }

  @Override
  public void onCaption(Caption caption) {
    String cues = text.entry(caption);
    if (!cues.isEmpty()) {
      writer.write(cues);
    }
  }
}
