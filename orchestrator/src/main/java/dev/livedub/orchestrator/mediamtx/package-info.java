/** MediaMTX: where its paths are, and what it says of them when it is asked. */
@NullMarked
package dev.livedub.orchestrator.mediamtx;

import org.jspecify.annotations.NullMarked;
