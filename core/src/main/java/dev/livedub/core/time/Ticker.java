package dev.livedub.core.time;

/** A monotonic clock that tests can replace. */
@FunctionalInterface
public interface Ticker {

  /** The JVM's own. */
  Ticker SYSTEM = System::nanoTime;

  /** Nanoseconds since some fixed instant. */
  long nanos();
}
