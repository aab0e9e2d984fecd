package dev.livedub.orchestrator.http.server;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Answers requests.
 *
 * <p><b>Threading:</b> called on event loops, for many connections at once; neither method blocks.
 */
public interface RequestHandler {

  /**
   * What can be refused by the head alone. Asked before a client is told to go on with its body.
   *
   * @return empty if there is nothing against it so far
   */
  Optional<Answer> refusal(Request head);

  /**
   * Answers a whole request; {@link #refusal} has not necessarily been asked.
   *
   * @return completes on any thread, with an {@link dev.livedub.orchestrator.api.ApiException} for
   *     a refusal
   */
  CompletionStage<? extends Reply> handle(Request request);
}
