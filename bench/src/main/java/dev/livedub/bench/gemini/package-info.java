/** What live sessions cost. */
@NullMarked
package dev.livedub.bench.gemini;

import org.jspecify.annotations.NullMarked;
