/** An RTMP server that takes publications, records them and fails on demand. */
@NullMarked
package dev.livedub.testkit.rtmp;

import org.jspecify.annotations.NullMarked;
