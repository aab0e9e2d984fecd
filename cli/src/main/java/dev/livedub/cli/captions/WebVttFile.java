package dev.livedub.cli.captions;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.caption.WebVtt;

/** WebVTT (W3C): the translation. */
final class WebVttFile implements CaptionFormat {

  private final WebVtt text;

  WebVttFile(String languageTag) {
    this.text = new WebVtt(languageTag);
  }

  @Override
  public String header() {
    return text.header();
  }

  @Override
  public String entry(Caption caption) {
    return text.entry(caption);
  }
}
