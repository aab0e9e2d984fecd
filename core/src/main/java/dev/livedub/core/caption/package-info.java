/**
 * Transcripts made into captions: sentences, timed to what is heard, and cues that fit a screen.
 */
@NullMarked
package dev.livedub.core.caption;

import org.jspecify.annotations.NullMarked;
