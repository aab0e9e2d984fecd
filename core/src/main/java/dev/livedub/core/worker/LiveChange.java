package dev.livedub.core.worker;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an operator changes while a worker is on air; what is empty stays as it is. Values have been
 * checked by whoever made this.
 *
 * @param targetLang language to translate into from now on, a BCP 47 tag
 * @param muted whether the dub is silenced: nothing is sent to the translator, the fallback is
 *     heard
 * @param bypass whether the original is heard as it came, whatever the fallback is
 * @param duckDb gain of the original under the dub, in dB, from −60 to 0
 */
public record LiveChange(
    Optional<String> targetLang,
    Optional<Boolean> muted,
    Optional<Boolean> bypass,
    OptionalDouble duckDb) {

  /** Changes nothing. */
  public static final LiveChange NONE =
      new LiveChange(Optional.empty(), Optional.empty(), Optional.empty(), OptionalDouble.empty());

  /** Whether it changes nothing. */
  public boolean isEmpty() {
    return equals(NONE);
  }

  /** This change followed by another one, which wins where both speak. */
  public LiveChange then(LiveChange next) {
    return new LiveChange(
        next.targetLang.or(() -> targetLang),
        next.muted.or(() -> muted),
        next.bypass.or(() -> bypass),
        next.duckDb.isPresent() ? next.duckDb : duckDb);
  }
}
