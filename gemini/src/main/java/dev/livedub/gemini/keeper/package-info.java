/** What keeps translation on air for hours: rotation, hand-over, recovery, watchdog. */
@NullMarked
package dev.livedub.gemini.keeper;

import org.jspecify.annotations.NullMarked;
