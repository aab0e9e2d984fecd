package dev.livedub.core.caption;

import org.jspecify.annotations.Nullable;

/**
 * A sentence cut from a transcript, not yet timed.
 *
 * @param fromOffset offset of sound at which its first word came, µs
 * @param toOffset offset at which its last word is over, as far as fragments tell, µs
 * @param expectedMicros where on the output timeline it would be laid by what was known when it
 *     came
 * @param cameMicros when its last fragment came
 */
record Sentence(
    String text,
    @Nullable String languageTag,
    long fromOffset,
    long toOffset,
    long expectedMicros,
    long cameMicros) {}
