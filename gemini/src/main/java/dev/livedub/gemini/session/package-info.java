/** One live session with the service: its seam, its implementation, and why it ended. */
@NullMarked
package dev.livedub.gemini.session;

import org.jspecify.annotations.NullMarked;
