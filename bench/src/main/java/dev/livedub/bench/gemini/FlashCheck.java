package dev.livedub.bench.gemini;

import dev.livedub.testkit.gemini.voice.Mark;
import dev.livedub.testkit.measure.DecodedFile;
import dev.livedub.testkit.measure.MarkedEar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Measures sound against picture: the speaker's syllable of a whole second begins at its flash. */
final class FlashCheck {

  private static final double BRIGHT_LUMA = 160;
  private static final long NEAREST_MICROS = 300_000;
  private static final double STEADY_DB = 0.5;

  private FlashCheck() {}

  /** Sound minus picture in milliseconds, for each syllable that has its flash. */
  static double[] offsetsMillis(Path recording, List<Mark> source) {
    TreeSet<Long> flashes = flashes(recording);
    List<Double> offsets = new ArrayList<>();
    for (Mark mark : source) {
      Long flash =
          mark.number() % 2 == 0 && isSteady(mark) ? nearest(flashes, mark.startMicros()) : null;
      if (flash != null && Math.abs(mark.startMicros() - flash) < NEAREST_MICROS) {
        offsets.add((mark.startMicros() - flash) / 1_000.0);
      }
    }
    return offsets.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * Whether a syllable of the speaker's was as loud as it was said, or as loud as it is under the
   * dub, all the time; a ramp moves what is taken for its onset.
   */
  private static boolean isSteady(Mark mark) {
    double below = MarkedEar.fullDbfs() - mark.levelDbfs();
    return Math.abs(below) < STEADY_DB || Math.abs(below + GeminiRig.DUCK_DB) < STEADY_DB;
  }

  private static TreeSet<Long> flashes(Path recording) {
    TreeSet<Long> flashes = new TreeSet<>();
    boolean bright = true;
    for (DecodedFile.Picture picture : DecodedFile.readPictures(recording)) {
      boolean before = bright;
      bright = picture.meanLuma() > BRIGHT_LUMA;
      if (bright && !before) {
        flashes.add(picture.ptsMicros());
      }
    }
    return flashes;
  }

  private static @org.jspecify.annotations.Nullable Long nearest(
      TreeSet<Long> flashes, long micros) {
    Long below = flashes.floor(micros);
    Long above = flashes.ceiling(micros);
    if (below == null || above == null) {
      return below == null ? above : below;
    }
    return micros - below < above - micros ? below : above;
  }
}
