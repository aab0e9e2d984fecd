package dev.livedub.testkit.clip;

/**
 * A stretch of the speech-like sound between two pauses.
 *
 * @param startMicros media time of its first audible sample
 * @param endMicros media time after its last one
 */
public record Utterance(long startMicros, long endMicros) {}
