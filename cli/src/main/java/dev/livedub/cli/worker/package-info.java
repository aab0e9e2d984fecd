/** The hidden command that the orchestrator starts for each worker. */
@NullMarked
package dev.livedub.cli.worker;

import org.jspecify.annotations.NullMarked;
