package dev.livedub.orchestrator.mediamtx;

/**
 * An ingest path on which somebody publishes, as MediaMTX says.
 *
 * @param sourceType MediaMTX's word for the kind of source, such as {@code rtmpConn}
 * @param sourceId name of the publisher's session; empty for a source that has none
 */
public record ObservedPath(String streamId, String sourceType, String sourceId) {}
