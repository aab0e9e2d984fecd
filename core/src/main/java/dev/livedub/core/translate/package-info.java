/** The translator port, and the translators that need nothing outside the JVM. */
@NullMarked
package dev.livedub.core.translate;

import org.jspecify.annotations.NullMarked;
