/** Makes access units of RTP packets, as a session description says they are made; Java only. */
@NullMarked
package dev.livedub.media.rtp;

import org.jspecify.annotations.NullMarked;
