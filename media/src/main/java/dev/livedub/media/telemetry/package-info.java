/** What a worker counts and logs about itself. */
@NullMarked
package dev.livedub.media.telemetry;

import org.jspecify.annotations.NullMarked;
