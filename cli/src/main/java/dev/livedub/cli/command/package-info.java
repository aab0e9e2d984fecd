/** What the commands have in common. */
@NullMarked
package dev.livedub.cli.command;

import org.jspecify.annotations.NullMarked;
