/** The HTTP API under load. */
@NullMarked
package dev.livedub.bench.http;

import org.jspecify.annotations.NullMarked;
