package dev.livedub.gemini.session;

import dev.livedub.gemini.session.SessionEnd.Phase;

/** How far a session has come; it only ever goes forward. */
enum SessionState {
  NEW(Phase.UPGRADE),
  CONNECTING(Phase.UPGRADE),
  SETTING_UP(Phase.SETUP),
  LIVE(Phase.LIVE),
  /** The service has announced the end; sound still flows. */
  GOING_AWAY(Phase.CLOSING),
  /** This side has said goodbye. */
  CLOSING(Phase.CLOSING),
  ENDED(Phase.CLOSING);

  private final Phase phase;

  SessionState(Phase phase) {
    this.phase = phase;
  }

  Phase phase() {
    return phase;
  }
}
