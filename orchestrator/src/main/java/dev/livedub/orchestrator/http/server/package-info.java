/** A bounded HTTP/1.1 server that knows nothing of what it serves. */
@NullMarked
package dev.livedub.orchestrator.http.server;

import org.jspecify.annotations.NullMarked;
