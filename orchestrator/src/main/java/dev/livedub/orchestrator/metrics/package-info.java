/** Measurements: how they are kept, named and served. */
@NullMarked
package dev.livedub.orchestrator.metrics;

import org.jspecify.annotations.NullMarked;
