package dev.livedub.gemini.keeper;

import java.util.Locale;

/** Why a session followed another one. */
public enum RotationCause {
  /** It came of age. */
  PLANNED,
  /** The service announced its end. */
  GO_AWAY,
  /** It was lost; a fresh one followed. */
  DROP,
  /** It was lost and taken up again by its handle. */
  RESUMED,
  /** It did not answer. */
  SILENT,
  /** Its output was refused. */
  INVALID_OUTPUT,
  /** It was closed for want of speech, or of input. */
  SUSPENDED;

  /** The value of the metric's label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
