/** Generated test clips: an H.264 writer in plain Java and a sound track from a seed. */
@NullMarked
package dev.livedub.testkit.clip;

import org.jspecify.annotations.NullMarked;
