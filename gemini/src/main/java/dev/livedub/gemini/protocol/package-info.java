/** Messages of the service's live protocol, both ways. */
@NullMarked
package dev.livedub.gemini.protocol;

import org.jspecify.annotations.NullMarked;
