package dev.livedub.testkit.rtmp;

import java.util.function.BooleanSupplier;

/** Holds readers back while it is shut. Threading: thread-safe. */
final class ReadGate {

  private final Runnable onWait;
  private boolean shut;

  ReadGate(Runnable onWait) {
    this.onWait = onWait;
  }

  synchronized void shut() {
    shut = true;
  }

  synchronized void open() {
    shut = false;
    notifyAll();
  }

  /** Lets waiting readers ask again whether they are to give up. */
  synchronized void wake() {
    notifyAll();
  }

  /** Waits until the gate is open or the reader is to give up. */
  synchronized void pass(BooleanSupplier givenUp) throws InterruptedException {
    if (shut && !givenUp.getAsBoolean()) {
      onWait.run();
    }
    while (shut && !givenUp.getAsBoolean()) {
      wait();
    }
  }
}
