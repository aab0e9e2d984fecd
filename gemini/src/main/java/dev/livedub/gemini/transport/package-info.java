/** WebSocket connections, and the library beneath them. */
@NullMarked
package dev.livedub.gemini.transport;

import org.jspecify.annotations.NullMarked;
