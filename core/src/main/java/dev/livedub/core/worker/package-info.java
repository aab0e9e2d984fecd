/** What a worker is to those who start it: configuration in, status, meters and exit code out. */
@NullMarked
package dev.livedub.core.worker;

import org.jspecify.annotations.NullMarked;
