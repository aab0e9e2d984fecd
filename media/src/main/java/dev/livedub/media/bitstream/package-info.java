/** Coded pictures as they are sent: NAL units, and what they carry. */
@NullMarked
package dev.livedub.media.bitstream;

import org.jspecify.annotations.NullMarked;
