/** Whole dubs in virtual time, and what is heard of them. */
@NullMarked
package dev.livedub.bench.dub;

import org.jspecify.annotations.NullMarked;
