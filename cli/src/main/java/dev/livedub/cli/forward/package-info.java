/** The command that forwards one stream. */
@NullMarked
package dev.livedub.cli.forward;

import org.jspecify.annotations.NullMarked;
