/** What tells good output of a session from bad: level, tone, clipping, language, repeats. */
@NullMarked
package dev.livedub.gemini.guard;

import org.jspecify.annotations.NullMarked;
