/** livedub's testkit module. */
@NullMarked
package dev.livedub.testkit;

import org.jspecify.annotations.NullMarked;
