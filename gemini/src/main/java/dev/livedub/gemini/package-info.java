/** livedub's gemini module. */
@NullMarked
package dev.livedub.gemini;

import org.jspecify.annotations.NullMarked;
