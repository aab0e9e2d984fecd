package dev.livedub.gemini.session;

import java.util.Optional;

/**
 * Makes sessions of one configuration (model, language, credentials, address).
 *
 * <p><b>Threading:</b> any thread. Sessions share one client, whose owner closes it after them.
 */
@FunctionalInterface
public interface LiveSessionFactory {

  /**
   * A session, not yet open.
   *
   * @param resumeHandle that of the session to take up; empty for a fresh one
   */
  LiveSession create(Optional<String> resumeHandle);
}
