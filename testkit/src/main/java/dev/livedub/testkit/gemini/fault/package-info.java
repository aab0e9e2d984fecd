/** The faults that the simulated service can be ordered to have. */
@NullMarked
package dev.livedub.testkit.gemini.fault;

import org.jspecify.annotations.NullMarked;
