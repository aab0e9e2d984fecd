package dev.livedub.bench.background;

import dev.livedub.core.config.BackgroundMode;
import dev.livedub.core.config.FallbackMode;
import dev.livedub.core.config.PlayoutDelay;
import dev.livedub.core.dub.DubLine;
import dev.livedub.core.dub.DubLineSettings;
import dev.livedub.core.dub.DubListener;
import dev.livedub.core.translate.ToneTranslator;
import dev.livedub.core.worker.MeterSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A programme dubbed by the worker's line with a tone for a dub, its background separated, while an
 * operator switches the dub off and on.
 *
 * @param stereo what is heard, interleaved, as long as the programme
 * @param dubbedSlots seconds with a dub
 * @param switches how often separation gave way to ducking, or was taken up again
 */
record SwitchedDub(short[] stereo, long dubbedSlots, int switches) {

  private static final int PIECE = 1_024;
  private static final int DELAY_FRAMES = 2 * Recording.RATE_HZ;
  private static final double DUCK_DB = -18;
  private static final Duration SLOT = Duration.ofSeconds(1);

  /**
   * Dubs.
   *
   * @param programme interleaved
   * @param switchedAt seconds of the output at which the dub is muted, not muted, muted, and so on
   */
  static SwitchedDub of(short[] programme, List<Double> switchedAt) {
    List<Boolean> said = new ArrayList<>();
    DubLineSettings settings =
        new DubLineSettings(
            SLOT,
            FallbackMode.ORIGINAL,
            DUCK_DB,
            BackgroundMode.SEPARATE,
            PlayoutDelay.fixed(Duration.ofSeconds(DELAY_FRAMES / Recording.RATE_HZ)));
    DubListener listener =
        new DubListener() {
          @Override
          public void onBackground(boolean separated) {
            said.add(separated);
          }
        };
    short[] heard = programme.clone();
    long dubbed;
    try (DubLine line = new DubLine(new ToneTranslator(), settings, MeterSink.NONE, listener)) {
      line.start();
      run(line, programme, heard, switchedAt);
      dubbed = line.counts().dubbed();
    }
    return new SwitchedDub(heard, dubbed, said.size() - 1);
  }

  private static void run(DubLine line, short[] programme, short[] heard, List<Double> switchedAt) {
    int frames = programme.length / 2;
    int rendered = 0;
    for (int fed = 0; fed < frames + DELAY_FRAMES; fed += PIECE) {
      int part = Math.min(PIECE, frames - fed);
      if (part > 0) {
        line.feed(fed, Arrays.copyOfRange(programme, 2 * fed, 2 * (fed + part)), part);
      }
      for (; rendered + PIECE <= Math.min(fed - DELAY_FRAMES, frames); rendered += PIECE) {
        double now = (double) rendered / Recording.RATE_HZ;
        line.setMuted(switchedAt.stream().filter(at -> at <= now).count() % 2 == 1);
        int known = Math.min(PIECE + line.lookAheadFrames(), frames - rendered);
        short[] piece = Arrays.copyOfRange(programme, 2 * rendered, 2 * (rendered + known));
        line.render(rendered, piece, PIECE, known);
        System.arraycopy(piece, 0, heard, 2 * rendered, 2 * PIECE);
      }
    }
  }
}
