/** Where settings come from: flags, environment, file. */
@NullMarked
package dev.livedub.cli.config;

import org.jspecify.annotations.NullMarked;
