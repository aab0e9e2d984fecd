package dev.livedub.core.caption;

import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;

/**
 * Writes the translation as WebVTT (W3C), a caption at a time.
 *
 * <p><b>Threading:</b> one thread; used for one text, from its beginning.
 */
public final class WebVtt {

  private final String languageTag;
  private final CueCutter cutter;

  /**
   * A text without cues yet.
   *
   * @param languageTag language of the translation
   */
  public WebVtt(String languageTag) {
    this.languageTag = languageTag;
    this.cutter = new CueCutter(languageTag);
  }

  /** What the text begins with. */
  public String header() {
    return "WEBVTT\nKind: captions\nLanguage: " + languageTag + "\n\n";
  }

  /** The cues of the next caption; empty for a caption of the source. */
  public String entry(Caption caption) {
    StringBuilder cues = new StringBuilder();
    if (caption.side() == Side.TARGET) {
      cutter.cut(caption).forEach(cue -> append(cue, cues));
    }
    return cues.toString();
  }

  private static void append(Cue cue, StringBuilder cues) {
    cues.append(CueTime.of(cue.startMillis(), '.'))
        .append(" --> ")
        .append(CueTime.of(cue.endMillis(), '.'))
        .append('\n');
    cue.lines().forEach(line -> cues.append(escaped(line)).append('\n'));
    cues.append('\n');
  }

  /** A cue's text knows tags and character references; an arrow would begin another cue. */
  private static String escaped(String line) {
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
