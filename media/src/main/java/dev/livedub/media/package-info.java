/** livedub's media module. */
@NullMarked
package dev.livedub.media;

import org.jspecify.annotations.NullMarked;
