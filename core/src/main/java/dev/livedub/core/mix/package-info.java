/** Laying the dub over the original. */
@NullMarked
package dev.livedub.core.mix;

import org.jspecify.annotations.NullMarked;
