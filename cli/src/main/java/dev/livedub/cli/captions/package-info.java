/** Captions written to files. */
@NullMarked
package dev.livedub.cli.captions;

import org.jspecify.annotations.NullMarked;
