package dev.livedub.gemini.session;

/**
 * Receives a session's events.
 *
 * <p><b>Threading:</b> called on threads of the session, one event at a time, in order. Returns
 * quickly. One that throws, be it an {@code Error}, is logged and gets the next event all the same.
 */
@FunctionalInterface
public interface SessionListener {

  /** Called once for each event. */
  void onEvent(SessionEvent event);
}
