/** Live publishers of generated clips. */
@NullMarked
package dev.livedub.testkit.publish;

import org.jspecify.annotations.NullMarked;
