/** Connections broken again and again, and whether anything is left behind. */
@NullMarked
package dev.livedub.bench.leak;

import org.jspecify.annotations.NullMarked;
