package dev.livedub.bench;

import dev.livedub.testkit.thirdparty.ChildProcess;
import java.time.Duration;

/** Waiting while something is measured. */
final class Timing {

  private Timing() {}

  /**
   * Waits for {@code duration}.
   *
   * @throws IllegalStateException with its output if the process ends meanwhile
   */
  static void staysAliveFor(ChildProcess process, Duration duration) {
    if (process.endsWithin(duration)) {
      throw new IllegalStateException("ended while it was measured:\n" + process.output());
    }
  }
}
