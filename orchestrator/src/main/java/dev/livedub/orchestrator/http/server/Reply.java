package dev.livedub.orchestrator.http.server;

/** What a request is answered with. */
public sealed interface Reply permits Answer, LiveAnswer {}
