package dev.livedub.media.sink;

import java.time.Duration;

/**
 * How a sink behaves.
 *
 * @param live whether the input is; if not, offering to the sink may block
 * @param connectsEarly whether it connects before there is anything to write; with a long playout
 *     delay the receiver would give up waiting
 * @param reconnectTimeout how long a lost destination is tried again
 */
public record SinkSettings(boolean live, boolean connectsEarly, Duration reconnectTimeout) {}
