/** FFmpeg's libraries behind owned Java objects; no native pointer leaves this package. */
@NullMarked
package dev.livedub.media.ffmpeg;

import org.jspecify.annotations.NullMarked;
