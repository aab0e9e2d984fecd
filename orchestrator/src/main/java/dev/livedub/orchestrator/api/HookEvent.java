package dev.livedub.orchestrator.api;

/**
 * What MediaMTX says of a path. Any part but the stream may be empty.
 *
 * @param requestId names the call, in the answer and in the log
 * @param streamId the stream of an ingest path, {@code [A-Za-z0-9_-]{1,64}}
 * @param path the path as MediaMTX said it
 * @param query the publisher's query, without the question mark; anything may be in it, secrets too
 * @param sourceType MediaMTX's word for the kind of source, such as {@code rtmpConn}
 * @param sourceId MediaMTX's name of the publisher's session; another one for another publisher
 */
public record HookEvent(
    String requestId,
    String streamId,
    String path,
    String query,
    String sourceType,
    String sourceId) {}
