/** {@code livedub serve}: its settings, its file, and what is done with each stream. */
@NullMarked
package dev.livedub.cli.serve;

import org.jspecify.annotations.NullMarked;
