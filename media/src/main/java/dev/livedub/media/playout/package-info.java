/** What waits out the playout delay, and what goes on air when. */
@NullMarked
package dev.livedub.media.playout;

import org.jspecify.annotations.NullMarked;
