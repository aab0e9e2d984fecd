/** How loud sound is, by ITU-R BS.1770. */
@NullMarked
package dev.livedub.core.loudness;

import org.jspecify.annotations.NullMarked;
