package dev.livedub.core.dub;

/**
 * A stretch of source speech without a pause.
 *
 * @param number counts phrases from 0
 * @param onsetMicros its audible onset on the output timeline
 * @param endMicros where it ends, or how far it is known while it goes on
 * @param voicedMicros how much of it is voice
 * @param lufs how loud its voice is, and that before it: over the last 3 s of voice
 * @param open whether it may go on
 */
record Phrase(
    long number, long onsetMicros, long endMicros, long voicedMicros, double lufs, boolean open) {}
