package dev.livedub.core.worker;

import dev.livedub.core.config.DubConfig;

/**
 * What a {@link WorkerHost} is asked to run.
 *
 * @param task what the worker is for; there is never more than one worker per task
 * @param runId the run of the stream that it belongs to; the same for all workers of a run, however
 *     often they are started again
 * @param change what an operator has changed since the run began, to be in force from the start
 */
public record WorkerOrder(WorkerTask task, String runId, DubConfig config, LiveChange change) {}
