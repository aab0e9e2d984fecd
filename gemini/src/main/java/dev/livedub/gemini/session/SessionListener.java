package dev.livedub.gemini.session;

/**
 * Receives a session's events.
 *
 * <p><b>Threading:</b> called on threads of the session, one event at a time, in order. Returns
 * quickly. One that throws ends the session, which then says so by {@link SessionEvent.Ended}.
 */
@FunctionalInterface
public interface SessionListener {

  /** Called once for each event. */
  void onEvent(SessionEvent event);
}
