package dev.livedub.cli.captions;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.caption.Cue;
import dev.livedub.core.caption.CueCutter;
import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;

/** WebVTT (W3C): the translation. */
final class WebVtt implements CaptionFormat {

  private final String languageTag;
  private final CueCutter cutter;

  WebVtt(String languageTag) {
    this.languageTag = languageTag;
    this.cutter = new CueCutter(languageTag);
  }

  @Override
  public String header() {
    return "WEBVTT\nKind: captions\nLanguage: " + languageTag + "\n\n";
  }

  @Override
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
