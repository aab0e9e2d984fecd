/** livedub's cli module. */
@NullMarked
package dev.livedub.cli;

import org.jspecify.annotations.NullMarked;
