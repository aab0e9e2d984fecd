/** livedub's orchestrator module. */
@NullMarked
package dev.livedub.orchestrator;

import org.jspecify.annotations.NullMarked;
