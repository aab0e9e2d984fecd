/** Settings of a dub, and how problems with them are reported. */
@NullMarked
package dev.livedub.core.config;

import org.jspecify.annotations.NullMarked;
