/** The command that shows the whole thing on this machine and measures what came out. */
@NullMarked
package dev.livedub.cli.demo;

import org.jspecify.annotations.NullMarked;
