/** From the input's socket to the worker: connect, demux, map, decode. */
@NullMarked
package dev.livedub.media.source;

import org.jspecify.annotations.NullMarked;
