package dev.livedub.bench.http;

import dev.livedub.orchestrator.api.ApiException;
import dev.livedub.orchestrator.api.HookAnswer;
import dev.livedub.orchestrator.api.HookEvent;
import dev.livedub.orchestrator.api.ProblemCode;
import dev.livedub.orchestrator.api.Readiness;
import dev.livedub.orchestrator.api.StreamChange;
import dev.livedub.orchestrator.api.StreamListener;
import dev.livedub.orchestrator.api.StreamState;
import dev.livedub.orchestrator.api.StreamView;
import dev.livedub.orchestrator.api.Streams;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Streams that only remember the last hook, so that HTTP is measured and nothing behind it. */
final class QuickStreams implements Streams {

  private final Map<String, StreamState> states = new ConcurrentHashMap<>();

  @Override
  public CompletionStage<HookAnswer> ready(HookEvent event) {
    return told(event, StreamState.STARTING);
  }

  @Override
  public CompletionStage<HookAnswer> notReady(HookEvent event) {
    return told(event, StreamState.GRACE);
  }

  @Override
  public List<StreamView> streams() {
    return List.of();
  }

  @Override
  public Optional<StreamView> stream(String streamId) {
    return Optional.empty();
  }

  @Override
  public CompletionStage<StreamView> stop(String streamId) {
    return CompletableFuture.failedStage(notFound(streamId));
  }

  @Override
  public CompletionStage<StreamView> restart(String streamId) {
    return CompletableFuture.failedStage(notFound(streamId));
  }

  @Override
  public CompletionStage<StreamView> change(String streamId, StreamChange change) {
    return CompletableFuture.failedStage(notFound(streamId));
  }

  @Override
  public Watch watch(String streamId, StreamListener listener) throws ApiException {
    throw notFound(streamId);
  }

  @Override
  public Readiness readiness() {
    return new Readiness(true, "always");
  }

  private CompletionStage<HookAnswer> told(HookEvent event, StreamState state) {
    states.put(event.streamId(), state);
    return CompletableFuture.completedStage(
        new HookAnswer(event.requestId(), event.streamId(), "", state));
  }

  private static ApiException notFound(String streamId) {
    return new ApiException(ProblemCode.NOT_FOUND, "no stream " + streamId);
  }
}
