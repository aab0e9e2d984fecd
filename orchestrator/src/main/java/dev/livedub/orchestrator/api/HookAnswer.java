package dev.livedub.orchestrator.api;

/**
 * What a hook is told.
 *
 * @param runId the run the stream is in; empty if it is in none
 */
public record HookAnswer(String requestId, String streamId, String runId, StreamState state) {}
