/** Connections whose calls are bounded in time and can be aborted, clear or encrypted. */
@NullMarked
package dev.livedub.media.net;

import org.jspecify.annotations.NullMarked;
