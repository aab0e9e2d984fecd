package dev.livedub.orchestrator.config;

/** Everything the orchestrator is configured to do. */
public record ServeConfig(
    HttpConfig http, MediaMtxConfig mediamtx, WorkersConfig workers, StreamPlans plans) {}
