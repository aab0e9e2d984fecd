package dev.livedub.gemini.transport;

/**
 * Opens WebSocket connections.
 *
 * <p><b>Threading:</b> any thread; {@code connect} does not wait for the network.
 */
public interface Connector extends AutoCloseable {

  /** Begins to connect; what comes of it reaches the listener. */
  Connection connect(ConnectRequest request, ConnectionListener listener);

  /** Breaks off every connection and frees everything. Idempotent. */
  @Override
  void close();
}
