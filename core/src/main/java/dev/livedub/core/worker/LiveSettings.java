package dev.livedub.core.worker;

import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.TranslatorKind;
import java.util.Optional;

/**
 * What an operator can change while a worker is on air, as it is now.
 *
 * @param targetLang language translated into, a BCP 47 tag; empty if nothing is translated
 * @param muted whether the dub is silenced and the fallback heard in its place
 * @param bypass whether the original is heard as it came
 * @param duckDb gain of the original under the dub, in dB
 */
public record LiveSettings(
    Optional<String> targetLang, boolean muted, boolean bypass, double duckDb) {

  /** As a worker's configuration has them. */
  public static LiveSettings of(DubConfig config) {
    boolean copies = config.translator() == TranslatorKind.BYPASS;
    return new LiveSettings(
        copies ? Optional.empty() : config.targetLang(), false, copies, config.duckDb());
  }

  /** These settings with another language. */
  public LiveSettings withTargetLang(Optional<String> newTargetLang) {
    return new LiveSettings(newTargetLang, muted, bypass, duckDb);
  }

  /** These settings after a change. */
  public LiveSettings after(LiveChange change) {
    return new LiveSettings(
        change.targetLang().or(() -> targetLang),
        change.muted().orElse(muted),
        change.bypass().orElse(bypass),
        change.duckDb().orElse(duckDb));
  }
}
