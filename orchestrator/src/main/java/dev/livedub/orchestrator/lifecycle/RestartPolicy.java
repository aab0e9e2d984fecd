package dev.livedub.orchestrator.lifecycle;

import dev.livedub.core.time.Backoff;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Says whether a worker that died is started again, and when. Pauses double, with jitter; there are
 * only so many restarts in a while.
 *
 * <p><b>Threading:</b> none; one owner.
 */
final class RestartPolicy {

  private final LifecycleSettings settings;
  private final Backoff backoff;
  private final Deque<Long> restartMillis = new ArrayDeque<>();

  RestartPolicy(LifecycleSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.backoff = new Backoff(settings.firstPause(), settings.longestPause(), random);
  }

  /**
   * Asks for a restart.
   *
   * @param nowMillis of a clock that never steps
   * @param onAirMillis how long the worker that died had been on air
   * @return how long to wait; empty if restarts are spent
   */
  Optional<Duration> next(long nowMillis, long onAirMillis) {
    if (onAirMillis >= settings.stable().toMillis()) {
      backoff.reset();
    }
    while (!restartMillis.isEmpty()
        && nowMillis - restartMillis.peekFirst() >= settings.window().toMillis()) {
      restartMillis.removeFirst();
    }
    if (restartMillis.size() >= settings.maxRestarts()) {
      return Optional.empty();
    }
    restartMillis.addLast(nowMillis);
    return Optional.of(backoff.next());
  }

  /** How many restarts count now. */
  int counted() {
    return restartMillis.size();
  }

  /** Forgets all restarts. */
  void reset() {
    restartMillis.clear();
    backoff.reset();
  }
}
