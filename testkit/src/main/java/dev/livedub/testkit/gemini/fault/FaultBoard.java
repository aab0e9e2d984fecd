package dev.livedub.testkit.gemini.fault;

import dev.livedub.testkit.gemini.fault.FaultPlan.Target;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The plans that wait for connections to come.
 *
 * <p><b>Threading</b>: any thread.
 */
public final class FaultBoard {

  private static final int MAX_WAITING = 10_000;

  private final List<FaultPlan> waiting = new ArrayList<>();

  /** Adds a plan for connections to come. */
  public synchronized void add(FaultPlan plan) {
    if (waiting.size() == MAX_WAITING) {
      throw new IllegalStateException("more than " + MAX_WAITING + " faults wait");
    }
    waiting.add(plan);
  }

  /** The plans that hit the connection of that number; those for it alone are taken away. */
  public synchronized List<FaultPlan> claim(int connection) {
    List<FaultPlan> claimed = new ArrayList<>();
    for (Iterator<FaultPlan> plans = waiting.iterator(); plans.hasNext(); ) {
      FaultPlan plan = plans.next();
      boolean hits =
          plan.target() == Target.ALL
              || plan.target() == Target.NEXT
              || (plan.target() == Target.CONNECTION && plan.connection() == connection);
      if (hits) {
        claimed.add(plan);
      }
      if (hits && plan.target() != Target.ALL) {
        plans.remove();
      }
    }
    return claimed;
  }

  /** Those that wait. */
  public synchronized List<FaultPlan> waiting() {
    return List.copyOf(waiting);
  }

  /** Forgets those that wait; connections that claimed theirs keep them. */
  public synchronized void clear() {
    waiting.clear();
  }
}
