package dev.livedub.testkit.gemini.record;

/** What a client can do wrong without the service saying so, or before it does. */
public enum ClientFault {
  /** Something came before the set-up message, or the set-up message came twice. */
  WRONG_BEGINNING,
  /** Sound came after the set-up message, but before setupComplete. */
  AUDIO_BEFORE_SETUP_COMPLETE,
  /** A message that the service refuses. */
  REFUSED_MESSAGE,
  /** A chunk of other than 100 ms, other than the last before a pause or the end. */
  WRONG_CHUNK_SIZE,
  /** Sound of another rate than 16 kHz, or half a sample. */
  WRONG_FORMAT,
  /** Marked source speech came back to an earlier number within one session. */
  WRONG_ORDER,
  /** More sound than real time. */
  TOO_FAST,
  /** Real time passed without sound, with the connection in use. */
  INPUT_GAP,
  /** Nothing came for so long that the service closed. */
  IDLE,
  /** Sound came long after the service's close frame, or after the client's own. */
  AUDIO_AFTER_CLOSE,
  /** The service's close frame was not answered. */
  CLOSE_UNANSWERED,
  /** The connection was kept open long after the close frames. */
  SOCKET_LEFT_OPEN,
  /** A handle was presented while the connection that got it was open. */
  HANDLE_IN_USE,
  /** Too many attempts to connect in a short time. */
  RECONNECT_STORM,
  /** The client does not read what it is sent. */
  NOT_READING,
  /** The key was in the address, where logs show it. */
  KEY_IN_URL
}
