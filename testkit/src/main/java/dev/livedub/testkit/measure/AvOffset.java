package dev.livedub.testkit.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The distance of sound and picture, measured by flash and beep. Threading: immutable.
 *
 * @param flashes how many flashes were seen
 * @param beeps how many beeps were heard
 * @param offsets one for each flash that has its beep, in order of time
 */
public record AvOffset(int flashes, int beeps, List<Offset> offsets) {
  private static final double BRIGHT_LUMA = 160;
  private static final double PAIRING_MICROS = 450_000;

  /**
   * One pair.
   *
   * @param flashMicros PTS of the first white picture
   * @param offsetMillis when the beep begins, minus that; positive if the sound is late
   */
  public record Offset(long flashMicros, double offsetMillis) {}

  public AvOffset {
    offsets = List.copyOf(offsets);
  }

  /** Decodes and measures a recorded file. */
  public static AvOffset measure(Path file) {
    return measure(DecodedFile.read(file));
  }

  /** Measures a decoded file. */
  public static AvOffset measure(DecodedFile file) {
    return measure(file, BeepDetector.AMONG_SPEECH);
  }

  /** Measures a decoded file whose beeps lie above its speech. */
  public static AvOffset measureAboveSpeech(DecodedFile file) {
    return measure(file, BeepDetector.ABOVE_SPEECH);
  }

  private static AvOffset measure(DecodedFile file, BeepDetector detector) {
    List<Long> flashes = flashes(file.pictures());
    List<Double> beeps = detector.onsetsMicros(file.sound());
    List<Offset> offsets = new ArrayList<>();
    for (long flash : flashes) {
      double nearest = Double.POSITIVE_INFINITY;
      for (double beep : beeps) {
        nearest = Math.abs(beep - flash) < Math.abs(nearest) ? beep - flash : nearest;
      }
      if (Math.abs(nearest) <= PAIRING_MICROS) {
        offsets.add(new Offset(flash, nearest / 1_000));
      }
    }
    return new AvOffset(flashes.size(), beeps.size(), offsets);
  }

  private static List<Long> flashes(List<DecodedFile.Picture> pictures) {
    List<Long> flashes = new ArrayList<>();
    boolean bright = true;
    for (DecodedFile.Picture picture : pictures) {
      boolean before = bright;
      bright = picture.meanLuma() > BRIGHT_LUMA;
      if (bright && !before) {
        flashes.add(picture.ptsMicros());
      }
    }
    return flashes;
  }

  /** The first pair's; NaN without pairs. */
  public double firstMillis() {
    return offsets.isEmpty() ? Double.NaN : offsets.get(0).offsetMillis();
  }

  /** The last pair's; NaN without pairs. */
  public double lastMillis() {
    return offsets.isEmpty() ? Double.NaN : offsets.get(offsets.size() - 1).offsetMillis();
  }

  /** The mean; NaN without pairs. */
  public double meanMillis() {
    return offsets.stream().mapToDouble(Offset::offsetMillis).average().orElse(Double.NaN);
  }

  /** The largest without its sign; NaN without pairs, so that no bound holds. */
  public double maxAbsMillis() {
    return offsets.stream().mapToDouble(o -> Math.abs(o.offsetMillis())).max().orElse(Double.NaN);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "sound minus picture: first %.2f ms, last %.2f ms, mean %.2f ms, at most %.2f ms;"
            + " %d pairs of %d flashes and %d beeps",
        firstMillis(),
        lastMillis(),
        meanMillis(),
        maxAbsMillis(),
        offsets.size(),
        flashes,
        beeps);
  }
}
