/** The background without the voice: what is heard under a dub if its stream asks for that. */
@NullMarked
package dev.livedub.core.background;

import org.jspecify.annotations.NullMarked;
