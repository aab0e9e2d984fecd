/** Peers that die or hang, and how long a dub takes to get over it. */
@NullMarked
package dev.livedub.bench.faults;

import org.jspecify.annotations.NullMarked;
