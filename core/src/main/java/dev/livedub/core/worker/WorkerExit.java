package dev.livedub.core.worker;

/**
 * How a worker ended.
 *
 * @param message one line for a person; names the value at fault, never a secret
 */
public record WorkerExit(ExitCode code, String message) {}
