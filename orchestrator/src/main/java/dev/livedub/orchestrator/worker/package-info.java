/** Where workers run: threads, processes, the leases that keep them single, the way to them. */
@NullMarked
package dev.livedub.orchestrator.worker;

import org.jspecify.annotations.NullMarked;
