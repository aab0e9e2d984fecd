/** The orchestrator's HTTP API. */
@NullMarked
package dev.livedub.orchestrator.http;

import org.jspecify.annotations.NullMarked;
