package dev.livedub.orchestrator.http;

import dev.livedub.orchestrator.api.ApiException;
import dev.livedub.orchestrator.api.ProblemCode;
import java.util.concurrent.Semaphore;

/**
 * Places for those who listen to live answers.
 *
 * <p><b>Threading:</b> any thread.
 */
final class Listeners {

  private final int max;
  private final Semaphore places;

  Listeners(int max) {
    this.max = max;
    this.places = new Semaphore(max);
  }

  /** Takes a place, to be given back once. */
  void enter() throws ApiException {
    if (!places.tryAcquire()) {
      throw new ApiException(
          ProblemCode.TOO_MANY_LISTENERS, "there are " + max + " listeners already");
    }
  }

  /** Gives a place back. */
  void leave() {
    places.release();
  }
}
