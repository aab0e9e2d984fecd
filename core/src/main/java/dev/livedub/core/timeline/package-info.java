/** One output timeline from any number of broken input timelines. */
@NullMarked
package dev.livedub.core.timeline;

import org.jspecify.annotations.NullMarked;
