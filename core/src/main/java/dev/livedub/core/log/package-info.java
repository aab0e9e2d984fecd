/** What may be said in a log: addresses without their secrets, repeats without their noise. */
@NullMarked
package dev.livedub.core.log;

import org.jspecify.annotations.NullMarked;
