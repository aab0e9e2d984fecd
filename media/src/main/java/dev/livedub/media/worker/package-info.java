/** One dub as a whole. */
@NullMarked
package dev.livedub.media.worker;

import org.jspecify.annotations.NullMarked;
