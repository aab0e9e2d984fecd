/** Slots: the accounting of what went on air. */
@NullMarked
package dev.livedub.core.slot;

import org.jspecify.annotations.NullMarked;
