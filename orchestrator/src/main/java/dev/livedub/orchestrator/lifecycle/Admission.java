package dev.livedub.orchestrator.lifecycle;

/** Counts the streams that have a worker. A place is held from a run's begin to its end. */
interface Admission {

  /** Takes a place if there is one. */
  boolean tryEnter();

  /** Takes a place for a worker that is on air already. */
  void enter();

  /** Gives a place back. */
  void leave();
}
