/** The command that looks at what livedub depends on. */
@NullMarked
package dev.livedub.cli.doctor;

import org.jspecify.annotations.NullMarked;
