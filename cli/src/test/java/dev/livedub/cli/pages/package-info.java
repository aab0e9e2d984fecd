/** Runs what the pages tell people to type, as it stands there. */
@NullMarked
package dev.livedub.cli.pages;

import org.jspecify.annotations.NullMarked;
