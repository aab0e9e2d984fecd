package dev.livedub.orchestrator.worker;

import java.time.Instant;
import java.util.Optional;

/**
 * What the holder of a lease has written into its file.
 *
 * @param streamId for a person who looks into the file
 * @param runId the run that it is on air for; empty as long as it has no order
 */
record LeaseRecord(
    ProcessIdentity holder, String streamId, Optional<String> runId, Instant startedAt) {}
