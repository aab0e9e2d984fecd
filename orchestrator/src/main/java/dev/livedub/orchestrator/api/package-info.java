/** What can be asked of the orchestrator, whoever asks: hooks, operators, the dashboard. */
@NullMarked
package dev.livedub.orchestrator.api;

import org.jspecify.annotations.NullMarked;
