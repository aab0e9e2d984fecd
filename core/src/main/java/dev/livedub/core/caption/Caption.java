package dev.livedub.core.caption;

import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import org.jspecify.annotations.Nullable;

/**
 * A sentence, and when it is heard.
 *
 * @param text one line without control characters, never blank
 * @param languageTag BCP 47 tag as detected, null when not said
 * @param startMicros where it begins on the output timeline, never negative
 * @param endMicros where it ends, later than its start
 */
public record Caption(
    Side side, String text, @Nullable String languageTag, long startMicros, long endMicros) {}
