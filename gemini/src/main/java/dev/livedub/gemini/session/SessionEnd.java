package dev.livedub.gemini.session;

/**
 * How a session ended.
 *
 * @param kind what to do next
 * @param phase how far the session had come
 * @param code close code of the WebSocket, or HTTP status in phase {@code UPGRADE}; {@link
 *     #NO_CODE} if there was neither
 * @param reason one line for a person, never with a secret in it
 * @param resumable whether a new session may take up this one by the last handle
 */
public record SessionEnd(Kind kind, Phase phase, int code, String reason, boolean resumable) {

  /** Stands for a code where the connection broke without one. */
  public static final int NO_CODE = 0;

  /** What an end asks for. */
  public enum Kind {
    /** The same would happen again: key, model, language, malformed request. */
    FATAL,
    /** The quota is used up: stop trying, tell the operator. */
    QUOTA,
    /** The service is busy: try again after a while. */
    BACK_OFF,
    /** The handle is dead: start a fresh session. */
    STALE_HANDLE,
    /** As announced, or as asked for by {@link LiveSession#close}. */
    PLANNED,
    /** Anything that may be over the next moment: connect again. */
    RETRY
  }

  /** How far a session had come. */
  public enum Phase {
    /** Up to the answer to the HTTP upgrade: name, address, TLS, HTTP status. */
    UPGRADE,
    /** Connected, the set-up not yet confirmed. */
    SETUP,
    /** Ready. */
    LIVE,
    /** After the service's goAway, or after {@link LiveSession#close}. */
    CLOSING
  }
}
