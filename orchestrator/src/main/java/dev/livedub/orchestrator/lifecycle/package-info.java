/**
 * From what hooks, operators and MediaMTX say of a stream to at most one worker for it: a pure
 * state machine, and around it the loop that feeds it and does what it decides.
 */
@NullMarked
package dev.livedub.orchestrator.lifecycle;

import org.jspecify.annotations.NullMarked;
