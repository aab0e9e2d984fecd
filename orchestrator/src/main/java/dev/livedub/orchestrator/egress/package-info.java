/** Keeps the destinations elsewhere supplied, each by a forwarder of its own. */
@NullMarked
package dev.livedub.orchestrator.egress;

import org.jspecify.annotations.NullMarked;
