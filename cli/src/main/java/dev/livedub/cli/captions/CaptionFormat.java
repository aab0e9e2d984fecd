package dev.livedub.cli.captions;

import dev.livedub.core.caption.Caption;
import java.util.Locale;

/**
 * How captions are written.
 *
 * <p><b>Threading:</b> one thread; used for one file, from its beginning.
 */
interface CaptionFormat {

  /** What the file begins with. */
  String header();

  /** The next caption; empty if this format leaves it out. */
  String entry(Caption caption);

  /**
   * The format that a file's name asks for.
   *
   * @param languageTag language of the translation
   */
  static CaptionFormat of(String fileName, String languageTag) {
    String name = fileName.toLowerCase(Locale.ROOT);
    if (name.endsWith(".vtt")) {
      return new WebVttFile(languageTag);
    }
    if (name.endsWith(".srt")) {
      return new SubRip(languageTag);
    }
    if (name.endsWith(".jsonl")) {
      return new JsonTranscript(languageTag);
    }
    throw new IllegalArgumentException("no captions are written to " + fileName);
  }
}
