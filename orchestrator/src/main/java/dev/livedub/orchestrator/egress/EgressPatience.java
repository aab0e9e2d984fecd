package dev.livedub.orchestrator.egress;

import dev.livedub.core.time.Backoff;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.WorkerExit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How often and how soon a forwarder is started again.
 *
 * <p>A dub that is not there yet costs nothing: the forwarder has waited for it, and waits again. A
 * destination that says no is asked three times, since some refuse for a moment and a wrong stream
 * key does not heal by itself. Everything else is tried again up to {@value #MAX_RESTARTS} times in
 * {@link #WINDOW}; a forwarder has its own patience of minutes, so that only what fails at once
 * comes so far.
 *
 * <p><b>Threading:</b> none; one owner. Time comes in as an argument.
 */
final class EgressPatience {

  /** Restarts within {@link #WINDOW} after which the destination is given up. */
  static final int MAX_RESTARTS = 6;

  static final Duration WINDOW = Duration.ofMinutes(10);

  /** Refusals in a row, with nothing forwarded between, after which it is given up. */
  static final int MAX_REFUSALS = 3;

  /** A forwarder that was well for so long has earned a quick restart. */
  static final Duration STEADY = Duration.ofSeconds(30);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_INPUT_PAUSE = Duration.ofSeconds(5);

  private final Backoff pauses;
  private final Backoff inputPauses;
  private final Deque<Long> restartNanos = new ArrayDeque<>();
  private int refusals;

  EgressPatience(RandomGenerator random) {
    pauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, random);
    inputPauses = new Backoff(FIRST_PAUSE, LONGEST_INPUT_PAUSE, random);
  }

  /**
   * What follows from an end that nobody asked for.
   *
   * @param pause before the next attempt; null if there shall be none
   * @param reason one line for a person
   */
  record Verdict(@Nullable Duration pause, String reason) {}

  /** Judges an end that nobody asked for. */
  Verdict judge(WorkerExit exit, long nowNanos) {
    if (exit.code() == ExitCode.INPUT_NOT_READY) {
      return new Verdict(inputPauses.next(), exit.message());
    }
    boolean refused =
        exit.code() == ExitCode.DESTINATION_REFUSED || exit.code() == ExitCode.INPUT_CODEC_REFUSED;
    refusals = refused ? refusals + 1 : 0;
    if (refusals >= MAX_REFUSALS) {
      return new Verdict(null, refusals + " refusals in a row; " + exit.message());
    }
    while (!restartNanos.isEmpty() && nowNanos - restartNanos.getFirst() >= WINDOW.toNanos()) {
      restartNanos.removeFirst();
    }
    if (restartNanos.size() >= MAX_RESTARTS) {
      String spent = MAX_RESTARTS + " restarts in " + WINDOW.toMinutes() + " minutes; ";
      return new Verdict(null, spent + exit.message());
    }
    restartNanos.addLast(nowNanos);
    return new Verdict(pauses.next(), exit.message());
  }

  /** The destination took the stream, until now for so long. */
  void forwarded(Duration took) {
    refusals = 0;
    inputPauses.reset();
    if (took.compareTo(STEADY) >= 0) {
      pauses.reset();
    }
  }

  /** Begins anew. */
  void forget() {
    refusals = 0;
    restartNanos.clear();
    pauses.reset();
    inputPauses.reset();
  }
}
