/** The page on which a person watches the demonstration. */
@NullMarked
package dev.livedub.cli.demo.page;

import org.jspecify.annotations.NullMarked;
