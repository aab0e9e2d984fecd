/** The command that dubs one stream. */
@NullMarked
package dev.livedub.cli.dub;

import org.jspecify.annotations.NullMarked;
