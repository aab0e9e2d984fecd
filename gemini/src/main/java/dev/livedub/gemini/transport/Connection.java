package dev.livedub.gemini.transport;

/**
 * A WebSocket connection.
 *
 * <p><b>Threading:</b> any thread; nothing here waits for the network.
 */
public interface Connection {

  /**
   * Queues a text message; messages leave in the order of the calls.
   *
   * @return false if the connection is closing, closed or broken
   */
  boolean send(String text);

  /** Bytes queued and not yet handed to the operating system. */
  long queuedBytes();

  /**
   * Begins the closing handshake after what is queued; breaks off if the peer does not answer in
   * time. Idempotent.
   */
  void close();

  /** Breaks off at once. Idempotent. */
  void cancel();
}
