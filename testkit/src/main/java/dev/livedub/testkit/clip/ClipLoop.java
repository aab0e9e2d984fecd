package dev.livedub.testkit.clip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A clip made once and played round and round, by any number of sources at a time: for many
 * publishers on one machine. There is no mark where a turn begins.
 *
 * <p><b>Threading</b>: immutable.
 */
public final class ClipLoop {
  private final ClipSpec spec;
  private final List<AccessUnit> pictures = new ArrayList<>();
  private final List<AccessUnit> sounds = new ArrayList<>();

  /**
   * Makes the clip.
   *
   * @param spec its duration is the length of a turn, and must be a whole number of the codec's
   *     sound frames: 8 s fit AAC and Opus at 48 kHz, and all of G.711
   */
  public ClipLoop(ClipSpec spec) {
    this.spec = spec;
    try (ClipSource source = ClipSource.finite(spec)) {
      for (Optional<AccessUnit> u = source.next(); u.isPresent(); u = source.next()) {
        (u.get().kind() == AccessUnit.Kind.PICTURE ? pictures : sounds).add(u.get());
      }
    }
    spec.sound().ifPresent(this::cutToTurn);
  }

  /** The spec it was made from. */
  public ClipSpec spec() {
    return spec;
  }

  /** The pictures of a turn, in decoding order. */
  public List<AccessUnit> pictures() {
    return List.copyOf(pictures);
  }

  /** The tracks of one player; the caller closes them. */
  List<Track> tracks() {
    List<Track> tracks = new ArrayList<>();
    spec.picture()
        .ifPresent(
            picture -> {
              Track original = new PictureTrack(picture, 0, spec.seed());
              tracks.add(new LoopTrack(original, pictures, spec.durationMicros() * 9 / 100));
            });
    spec.sound()
        .ifPresent(
            sound -> {
              Track original = new SoundTrack(spec, 0);
              tracks.add(new LoopTrack(original, sounds, turnSamples(sound)));
            });
    return tracks;
  }

  /** Drops the units in which an encoder gives back what it held. */
  private void cutToTurn(SoundSpec sound) {
    long frameSamples = sounds.get(0).duration();
    long samples = turnSamples(sound);
    if (samples % frameSamples != 0) {
      throw new IllegalArgumentException(
          samples + " samples are no whole number of frames of " + frameSamples);
    }
    sounds.subList((int) (samples / frameSamples), sounds.size()).clear();
  }

  private long turnSamples(SoundSpec sound) {
    return spec.durationMicros() * sound.sampleRateHz() / 1_000_000;
  }
}
