package dev.livedub.media.worker;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.caption.CaptionListener;
import dev.livedub.core.dub.DubListener;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.media.telemetry.Telemetry;

/** Logs a translator's condition and hands its captions on. */
final class TranslatorReports implements DubListener {

  private final Telemetry telemetry;
  private final CaptionListener captions;

  TranslatorReports(Telemetry telemetry, CaptionListener captions) {
    this.telemetry = telemetry;
    this.captions = captions;
  }

  @Override
  public void onHealth(Health health) {
    telemetry.translatorHealth(health);
  }

  @Override
  public void onBackground(boolean separated) {
    telemetry.background(separated);
  }

  @Override
  public void onCaption(Caption caption) {
    captions.onCaption(caption);
  }
}
