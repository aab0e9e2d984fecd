/** livedub's bench module. */
@NullMarked
package dev.livedub.bench;

import org.jspecify.annotations.NullMarked;
