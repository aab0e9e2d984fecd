package dev.livedub.orchestrator.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Everything that can be asked of the orchestrator.
 *
 * <p>A stream is known from its first hook on. Stages complete within milliseconds, whatever the
 * workers do: they say what has been decided; starting and stopping happens afterwards. Where a
 * call is refused, they complete with an {@link ApiException}.
 *
 * <p><b>Threading:</b> any thread; no method blocks. Stages may complete on a thread of the
 * stream's, which must not be held up.
 */
public interface Streams {

  /**
   * A publisher is there. Refused with {@code MAX_WORKERS} or {@code DRAINING}; nothing changes
   * then.
   */
  CompletionStage<HookAnswer> ready(HookEvent event);

  /** A publisher is gone. Never refused: a stream that nobody knows is idle. */
  CompletionStage<HookAnswer> notReady(HookEvent event);

  /** All streams, by name. */
  List<StreamView> streams();

  /** One stream; empty if it is not known. */
  Optional<StreamView> stream(String streamId);

  /** Ends a stream's worker at an operator's word. Refused with {@code NOT_FOUND}. */
  CompletionStage<StreamView> stop(String streamId);

  /**
   * Starts a stream's worker anew at an operator's word. Refused with {@code NOT_FOUND}, {@code
   * MAX_WORKERS} or {@code DRAINING}.
   */
  CompletionStage<StreamView> restart(String streamId);

  /**
   * Changes a stream while it is on air. Refused with {@code NOT_FOUND}; with {@code CONFLICT} if
   * it has no worker; with {@code INVALID_VALUE} if a language or a destination is not known;
   * nothing changes then.
   */
  CompletionStage<StreamView> change(String streamId, StreamChange change);

  /**
   * Watches a stream until the returned handle is closed. Refused with {@code NOT_FOUND}.
   *
   * @throws ApiException if the stream is not known
   */
  Watch watch(String streamId, StreamListener listener) throws ApiException;

  /** Whether the orchestrator can do its work. */
  Readiness readiness();

  /** Ends a watch. */
  @FunctionalInterface
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
