package dev.livedub.core.timeline;

import java.util.Locale;

/** Breaks of an input timeline. */
public enum Discontinuity {
  /** Timestamps jumped or wrapped. */
  JUMP,
  /** Sound was missing and became silence. */
  GAP,
  /** Sound came twice, or went back in time, and was dropped. */
  OVERLAP,
  /** The sound's clock was synchronised to the picture's anew, by a late RTCP sender report. */
  RESYNC,
  /** Media came after its time on air. */
  LATE,
  /** The input was connected again. */
  RECONNECT,
  /** The picture's or the sound's parameters changed. */
  PARAMETERS,
  /** Something could not be decoded or had no usable timestamp. */
  CORRUPT;

  /** The value of the metric's label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
