package dev.livedub.testkit.clip;

import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;

/** Gives the same units again and again, each turn later than the one before. */
final class LoopTrack implements Track {
  private final Track original;
  private final List<AccessUnit> units;
  private final long periodTicks;
  private long given;

  /**
   * A track.
   *
   * @param original says what the stream is; closed with this track
   */
  LoopTrack(Track original, List<AccessUnit> units, long periodTicks) {
    this.original = original;
    this.units = units;
    this.periodTicks = periodTicks;
  }

  @Override
  public Optional<AccessUnit> next() {
    AccessUnit unit = units.get((int) (given % units.size()));
    long turns = given / units.size();
    given++;
    return Optional.of(unit.later(turns * periodTicks));
  }

  @Override
  public void describe(AVCodecParameters parameters) {
    original.describe(parameters);
  }

  @Override
  public int clockHz() {
    return original.clockHz();
  }

  @Override
  public void close() {
    original.close();
  }
}
