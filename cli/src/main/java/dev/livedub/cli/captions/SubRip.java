package dev.livedub.cli.captions;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.caption.Cue;
import dev.livedub.core.caption.CueCutter;
import dev.livedub.core.caption.CueTime;
import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;

/** SubRip: the translation. */
final class SubRip implements CaptionFormat {

  private final CueCutter cutter;
  private long number;

  SubRip(String languageTag) {
    this.cutter = new CueCutter(languageTag);
  }

  @Override
  public String header() {
    return "";
  }

  @Override
  public String entry(Caption caption) {
    StringBuilder cues = new StringBuilder();
    if (caption.side() == Side.TARGET) {
      cutter.cut(caption).forEach(cue -> append(cue, cues));
    }
    return cues.toString();
  }

  private void append(Cue cue, StringBuilder cues) {
    cues.append(++number)
        .append('\n')
        .append(CueTime.of(cue.startMillis(), ','))
        .append(" --> ")
        .append(CueTime.of(cue.endMillis(), ','))
        .append('\n');
    cue.lines().forEach(line -> cues.append(harmless(line)).append('\n'));
    cues.append('\n');
  }

  /** The format has no escapes, and players know HTML's tags: what looks like one is changed. */
  private static String harmless(String line) {
    return line.replace('<', '‹').replace("-->", "→");
  }
}
