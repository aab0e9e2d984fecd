package dev.livedub.testkit.rtsp;

/** What arrives on an RTSP connection: a request, or a packet interleaved with it. */
sealed interface Inbound permits RtspRequest, InterleavedFrame {}
