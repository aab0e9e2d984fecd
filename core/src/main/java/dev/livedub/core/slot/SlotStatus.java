package dev.livedub.core.slot;

/** What a slot was when it went on air. */
public enum SlotStatus {
  /** Translated voice was mixed in. */
  DUBBED,
  /** Nothing was missing: no speech in the source, or speech that needs no translation. */
  BED,
  /** There was speech to translate and no translation to play. */
  FALLBACK
}
