/** The command against servers of other projects, each run in a process of its own. */
@NullMarked
package dev.livedub.cli.e2e;

import org.jspecify.annotations.NullMarked;
