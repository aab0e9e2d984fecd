/** A simulator of the Gemini Live translation service: as strict as the real one, with faults. */
@NullMarked
package dev.livedub.testkit.gemini;

import org.jspecify.annotations.NullMarked;
