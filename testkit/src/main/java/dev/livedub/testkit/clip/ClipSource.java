package dev.livedub.testkit.clip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A clip as access units, made one by one as they are asked for, in order of their DTS. Nothing is
 * kept, so a source may run for ever.
 *
 * <p><b>Threading</b>: not for use by several threads. <b>Ownership</b>: owns an encoder; close it.
 */
public final class ClipSource implements AutoCloseable {
  private final List<Track> tracks;
  private final List<@Nullable AccessUnit> waiting = new ArrayList<>();

  private ClipSource(List<Track> tracks) {
    this.tracks = tracks;
    for (Track track : tracks) {
      waiting.add(track.next().orElse(null));
    }
  }

  private static List<Track> tracks(ClipSpec spec, long endMicros) {
    long endTicks = endMicros == Long.MAX_VALUE ? Long.MAX_VALUE : endMicros * 9 / 100;
    List<Track> tracks = new ArrayList<>();
    spec.picture().ifPresent(p -> tracks.add(new PictureTrack(p, endTicks, spec.seed())));
    spec.sound().ifPresent(s -> tracks.add(new SoundTrack(spec, endMicros)));
    return tracks;
  }

  /** A source without end. */
  public static ClipSource endless(ClipSpec spec) {
    return new ClipSource(tracks(spec, Long.MAX_VALUE));
  }

  /**
   * A source without end that begins at the first keyframe from a media time on: what a live
   * programme is at when its publisher comes back. What lies before is made and thrown away.
   */
  public static ClipSource endlessFrom(ClipSpec spec, long fromMicros) {
    ClipSource source = endless(spec);
    source.skipTo(fromMicros);
    return source;
  }

  private void skipTo(long fromMicros) {
    long startMicros = fromMicros;
    for (int i = 0; i < tracks.size(); i++) {
      AccessUnit unit = waiting.get(i);
      while (unit != null && (unit.dtsMicros() < startMicros || !unit.keyframe())) {
        unit = tracks.get(i).next().orElse(null);
      }
      waiting.set(i, unit);
      startMicros = unit == null ? startMicros : unit.dtsMicros();
    }
  }

  /** A source that ends where the spec's duration says. */
  public static ClipSource finite(ClipSpec spec) {
    return new ClipSource(tracks(spec, spec.durationMicros()));
  }

  /** A source without end that costs next to nothing. */
  public static ClipSource looped(ClipLoop loop) {
    return new ClipSource(loop.tracks());
  }

  /** The next unit, or nothing after the end. */
  public Optional<AccessUnit> next() {
    int earliest = -1;
    for (int i = 0; i < waiting.size(); i++) {
      AccessUnit unit = waiting.get(i);
      AccessUnit best = earliest < 0 ? null : waiting.get(earliest);
      if (unit != null && (best == null || unit.dtsMicros() < best.dtsMicros())) {
        earliest = i;
      }
    }
    if (earliest < 0) {
      return Optional.empty();
    }
    AccessUnit unit = waiting.get(earliest);
    waiting.set(earliest, tracks.get(earliest).next().orElse(null));
    return Optional.ofNullable(unit);
  }

  /** The streams, in the order in which a muxer numbers them: the picture first. */
  List<Track> tracks() {
    return tracks;
  }

  /** The index in {@link #tracks()} of a unit's stream. */
  int trackOf(AccessUnit unit) {
    return unit.kind() == AccessUnit.Kind.PICTURE ? 0 : tracks.size() - 1;
  }

  @Override
  public void close() {
    tracks.forEach(Track::close);
  }
}
