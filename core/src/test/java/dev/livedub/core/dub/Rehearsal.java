package dev.livedub.core.dub;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.config.FallbackMode;
import dev.livedub.core.config.PlayoutDelay;
import dev.livedub.core.slot.SlotCounts;
import dev.livedub.core.translate.Translator;
import dev.livedub.core.translate.TranslatorEvent.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs sound through a {@link DubLine} as a worker does, on one thread and in media time. */
final class Rehearsal {

  static final int BLOCK = 1_024;

  /** Called before each block is fed. */
  interface Step {
    void at(long sample, DubLine line);
  }

  final RecordedMeters meters = new RecordedMeters();
  final List<Caption> captions = new ArrayList<>();
  final List<Health> healths = new ArrayList<>();
  private final DubLine line;
  private final int delaySamples;
  private long mostInFlight;

  Rehearsal(Translator translator, FallbackMode fallback, Duration delay) {
    line =
        new DubLine(
            translator,
            new DubLineSettings(Duration.ofSeconds(1), fallback, -18, PlayoutDelay.fixed(delay)),
            meters,
            new DubListener() {
              @Override
              public void onHealth(Health health) {
                healths.add(health);
              }

              @Override
              public void onCaption(Caption caption) {
                captions.add(caption);
              }
            });
    delaySamples = (int) (delay.toMillis() * 48);
  }

  /** Dubs all of it; returns what is heard. */
  short[] dub(short[] stereo) {
    return dub(stereo, (sample, dubLine) -> {});
  }

  short[] dub(short[] stereo, Step step) {
    short[] heard = stereo.clone();
    int frames = stereo.length / 2;
    line.start();
    int rendered = 0;
    for (int fed = 0; fed < frames; fed += BLOCK) {
      step.at(fed, line);
      int part = Math.min(BLOCK, frames - fed);
      line.feed(fed, Arrays.copyOfRange(stereo, 2 * fed, 2 * (fed + part)), part);
      rendered = render(heard, rendered, fed + part - delaySamples);
      mostInFlight = Math.max(mostInFlight, line.counts().inFlight());
    }
    line.finish();
    render(heard, rendered, frames);
    line.close();
    return heard;
  }

  SlotCounts counts() {
    return line.counts();
  }

  DubLine line() {
    return line;
  }

  long mostInFlight() {
    return mostInFlight;
  }

  private int render(short[] heard, int from, int to) {
    int rendered = from;
    while (rendered < to) {
      int part = Math.min(BLOCK, to - rendered);
      short[] block = Arrays.copyOfRange(heard, 2 * rendered, 2 * (rendered + part));
      line.render(rendered, block, part);
      System.arraycopy(block, 0, heard, 2 * rendered, 2 * part);
      rendered += part;
    }
    return rendered;
  }
}
