/** The command that runs the Gemini Live simulator. */
@NullMarked
package dev.livedub.cli.sim;

import org.jspecify.annotations.NullMarked;
