/** How well the voice is taken out of recorded speech over recorded music and crowds. */
@NullMarked
package dev.livedub.bench.background;

import org.jspecify.annotations.NullMarked;
