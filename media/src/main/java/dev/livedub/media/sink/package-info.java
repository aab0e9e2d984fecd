/** From the worker to the destinations' sockets. */
@NullMarked
package dev.livedub.media.sink;

import org.jspecify.annotations.NullMarked;
