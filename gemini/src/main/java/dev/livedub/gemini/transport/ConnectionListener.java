package dev.livedub.gemini.transport;

import java.nio.ByteBuffer;

/**
 * Hears of a connection: {@link #onOpen} at most once, messages, then {@link #onClosed} or {@link
 * #onFailed}, exactly one of them, once. It may come before {@code onOpen}.
 *
 * <p><b>Threading:</b> {@code onOpen} and {@code onMessage} on one thread; the end on any, perhaps
 * while a message is still being heard.
 */
public interface ConnectionListener {

  /** The upgrade succeeded. */
  void onOpen(Connection connection);

  /**
   * A whole message, text or binary.
   *
   * @param utf8 its bytes; not to be kept
   */
  void onMessage(ByteBuffer utf8);

  /**
   * The peer closed; its close frame is being answered and everything freed.
   *
   * @param code its close code, 1005 if it gave none
   * @param reason its words, perhaps empty
   */
  void onClosed(int code, String reason);

  /** There is no connection, or none any more. */
  void onFailed(ConnectionFailure failure);
}
