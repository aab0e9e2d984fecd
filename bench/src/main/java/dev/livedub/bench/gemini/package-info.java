/** Gemini's sessions: what they cost, and how they fare for hours and through faults. */
@NullMarked
package dev.livedub.bench.gemini;

import org.jspecify.annotations.NullMarked;
