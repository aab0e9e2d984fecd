package dev.livedub.gemini.transport;

import java.time.Duration;

/**
 * Times of a connection.
 *
 * @param connectTimeout for the TCP connection and for TLS, each
 * @param ioTimeout for one write, and for the rest of a frame that has begun to arrive
 * @param pingInterval between pings, and how long a pong may take; the service's take up to 30 s
 * @param closeTimeout for the peer's part of the closing handshake
 */
public record TransportSettings(
    Duration connectTimeout, Duration ioTimeout, Duration pingInterval, Duration closeTimeout) {

  /** Below this, late pongs kill connections that are well. */
  private static final Duration LEAST_PING_INTERVAL = Duration.ofSeconds(60);

  public TransportSettings {
    if (pingInterval.compareTo(LEAST_PING_INTERVAL) < 0) {
      throw new IllegalArgumentException(
          "pingInterval must be at least " + LEAST_PING_INTERVAL + ": " + pingInterval);
    }
  }

  /** The usual times. */
  public static TransportSettings standard() {
    return new TransportSettings(
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(90),
        Duration.ofSeconds(2));
  }
}
