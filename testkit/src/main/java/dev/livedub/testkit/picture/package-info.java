/** Pictures of sound for a person to look at. */
@NullMarked
package dev.livedub.testkit.picture;

import org.jspecify.annotations.NullMarked;
