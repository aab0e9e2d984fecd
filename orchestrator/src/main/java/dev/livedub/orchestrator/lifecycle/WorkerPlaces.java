package dev.livedub.orchestrator.lifecycle;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The places for workers of all streams.
 *
 * <p><b>Threading:</b> any thread.
 */
final class WorkerPlaces implements Admission {

  private final int most;
  private final AtomicInteger taken = new AtomicInteger();

  /**
   * Places, all of them free.
   *
   * @param most how many; 0 for any number
   */
  WorkerPlaces(int most) {
    this.most = most;
  }

  @Override
  public boolean tryEnter() {
    int before = taken.getAndUpdate(count -> most == 0 || count < most ? count + 1 : count);
    return most == 0 || before < most;
  }

  @Override
  public void enter() {
    taken.incrementAndGet();
  }

  @Override
  public void leave() {
    taken.decrementAndGet();
  }

  /** How many are taken. */
  int taken() {
    return taken.get();
  }
}
