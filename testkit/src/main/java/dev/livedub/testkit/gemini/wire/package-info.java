/** The service's wire format: what it takes, what it refuses and in which words, what it says. */
@NullMarked
package dev.livedub.testkit.gemini.wire;

import org.jspecify.annotations.NullMarked;
