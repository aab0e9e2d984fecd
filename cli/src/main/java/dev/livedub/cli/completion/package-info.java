/** The command that teaches a shell the command line. */
@NullMarked
package dev.livedub.cli.completion;

import org.jspecify.annotations.NullMarked;
