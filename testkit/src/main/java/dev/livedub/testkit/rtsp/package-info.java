/** An RTSP relay for loopback, with faults on demand. */
@NullMarked
package dev.livedub.testkit.rtsp;

import org.jspecify.annotations.NullMarked;
