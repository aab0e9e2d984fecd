/** What must be read inside coded pictures: their parameter sets. */
@NullMarked
package dev.livedub.media.bitstream;

import org.jspecify.annotations.NullMarked;
