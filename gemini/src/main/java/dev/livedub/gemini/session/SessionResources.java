package dev.livedub.gemini.session;

import dev.livedub.core.time.Ticker;
import dev.livedub.gemini.transport.Connector;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What the sessions of a client share.
 *
 * @param background for what may wait: credentials, connecting
 * @param timer for deadlines; never waits
 * @param closeDeadline when a session that said goodbye ends whatever the connection does; more
 *     than the connection itself gives the peer
 */
record SessionResources(
    Connector connector,
    Executor background,
    ScheduledExecutorService timer,
    Ticker ticker,
    Duration closeDeadline) {}
