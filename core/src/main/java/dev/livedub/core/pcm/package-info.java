/** PCM sound: the sample track, rate conversion, speech detection. */
@NullMarked
package dev.livedub.core.pcm;

import org.jspecify.annotations.NullMarked;
