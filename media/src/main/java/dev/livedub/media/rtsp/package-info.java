/** An RTSP client whose RTP packets come over the RTSP connection itself; Java only. */
@NullMarked
package dev.livedub.media.rtsp;

import org.jspecify.annotations.NullMarked;
