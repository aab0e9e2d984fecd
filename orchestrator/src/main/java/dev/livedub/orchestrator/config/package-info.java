/** What the orchestrator is configured to do. Values have been checked by whoever made them. */
@NullMarked
package dev.livedub.orchestrator.config;

import org.jspecify.annotations.NullMarked;
