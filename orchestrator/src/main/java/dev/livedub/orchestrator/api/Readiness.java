package dev.livedub.orchestrator.api;

/**
 * Whether the orchestrator can do its work.
 *
 * @param reason why, one line
 */
public record Readiness(boolean ready, String reason) {}
