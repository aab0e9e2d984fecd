/** A worker's sound between its input and going on air: chunks out, translated voice in, mixed. */
@NullMarked
package dev.livedub.core.dub;

import org.jspecify.annotations.NullMarked;
