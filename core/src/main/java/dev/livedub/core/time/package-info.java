/** Clocks and conversions between units of time. */
@NullMarked
package dev.livedub.core.time;

import org.jspecify.annotations.NullMarked;
