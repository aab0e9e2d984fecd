package dev.livedub.testkit.measure;

import java.util.List;
import java.util.Locale;

/**
 * Whether frame {@code n} of a sound stream begins at sample {@code n · frameSamples}, up to the
 * container's rounding.
 *
 * @param frames frames looked at
 * @param holes places where sound is missing
 * @param holeSamples samples missing there, in all
 * @param overlaps places where a frame begins before the one before has ended
 * @param overlapSamples samples that lie twice there, in all
 * @param maxErrorMicros the largest distance from the right place that rounding explains
 */
public record SoundGaps(
    int frames,
    int holes,
    long holeSamples,
    int overlaps,
    long overlapSamples,
    double maxErrorMicros) {

  /** Looks at the sound of a recorded file; its packets must all be of one length. */
  public static SoundGaps of(PacketList packets) {
    if (packets.frameSamples() == 0) {
      throw new IllegalArgumentException("sound packets of varying length");
    }
    return of(
        packets.sounds(),
        packets.sampleRateHz(),
        packets.frameSamples(),
        packets.soundTickMicros());
  }

  /**
   * Looks at sound packets.
   *
   * @param tickMicros what the container rounds times to
   */
  public static SoundGaps of(
      List<MediaPacket> sounds, int sampleRateHz, int frameSamples, double tickMicros) {
    double toleranceMicros = tickMicros + 1;
    double microsPerSample = 1e6 / sampleRateHz;
    long startMicros = sounds.isEmpty() ? 0 : sounds.get(0).ptsMicros().orElseThrow();
    long shiftSamples = 0;
    int holes = 0;
    long holeSamples = 0;
    int overlaps = 0;
    long overlapSamples = 0;
    double maxErrorMicros = 0;
    for (int n = 0; n < sounds.size(); n++) {
      double expected = startMicros + (n * (double) frameSamples + shiftSamples) * microsPerSample;
      double error = sounds.get(n).ptsMicros().orElseThrow() - expected;
      if (Math.abs(error) <= toleranceMicros) {
        maxErrorMicros = Math.max(maxErrorMicros, Math.abs(error));
        continue;
      }
      long samples =
          wholeFrames(error / microsPerSample, frameSamples, toleranceMicros / microsPerSample);
      shiftSamples += samples;
      if (samples > 0) {
        holes++;
        holeSamples += samples;
      } else {
        overlaps++;
        overlapSamples -= samples;
      }
    }
    return new SoundGaps(
        sounds.size(), holes, holeSamples, overlaps, overlapSamples, maxErrorMicros);
  }

  /** A gap that rounding could have made of whole frames is one of whole frames. */
  private static long wholeFrames(double samples, int frameSamples, double toleranceSamples) {
    long whole = Math.round(samples / frameSamples) * frameSamples;
    boolean close = whole != 0 && Math.abs(samples - whole) <= toleranceSamples;
    return close ? whole : Math.round(samples);
  }

  /** Whether there was sound, without a hole or an overlap. */
  public boolean isGapless() {
    return frames > 0 && holes == 0 && overlaps == 0;
  }

  @Override
  public String toString() {
    return (isGapless() ? "gapless: " : "NOT gapless: ")
        + frames
        + " frames, "
        + holes
        + " holes of "
        + holeSamples
        + " samples, "
        + overlaps
        + " overlaps of "
        + overlapSamples
        + String.format(Locale.ROOT, " samples, rounding %.0f µs", maxErrorMicros);
  }
}
