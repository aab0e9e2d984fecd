/** What the simulated service saw of its clients. */
@NullMarked
package dev.livedub.testkit.gemini.record;

import org.jspecify.annotations.NullMarked;
