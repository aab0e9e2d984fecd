/** What came out, measured: order, identity, gaps, and the distance of sound and picture. */
@NullMarked
package dev.livedub.testkit.measure;

import org.jspecify.annotations.NullMarked;
