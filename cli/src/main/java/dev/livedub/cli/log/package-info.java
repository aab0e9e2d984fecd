/** How log lines are written, and what a person sees on a terminal. */
@NullMarked
package dev.livedub.cli.log;

import org.jspecify.annotations.NullMarked;
