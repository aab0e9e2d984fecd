package dev.livedub.gemini.keeper;

/**
 * A piece of audible output.
 *
 * @param samples 24 kHz mono
 * @param onset whether an utterance begins with it
 * @param session tells one session's from another's
 * @param wantedMicros where its source lies, as far as can be told
 */
@SuppressWarnings("ArrayRecordComponent") // a buffer handed over, never compared
record Voice(short[] samples, boolean onset, int session, long wantedMicros) {}
