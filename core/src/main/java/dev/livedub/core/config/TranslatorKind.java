package dev.livedub.core.config;

/** The ways of running a worker, each a step of proof towards the last. */
public enum TranslatorKind {
  /** Sound packets are copied too; nothing is decoded. */
  BYPASS,
  /** Sound is decoded, chunked, taken through the translate and mix path unchanged, re-encoded. */
  PASSTHROUGH,
  /** Each slot with source speech becomes a 440 Hz tone over the background. */
  TONE,
  /** Gemini Live. */
  GEMINI
}
