package dev.livedub.orchestrator.http.server;

import java.time.Duration;

/**
 * What a server puts up with.
 *
 * @param connections held at once; a further one takes the place of the one that has waited longest
 * @param lineBytes longest request line
 * @param headerBytes all headers of a request
 * @param bodyBytes longest body of a request
 * @param request from a request's first byte to its last
 * @param idle how long a connection may say nothing
 * @param answer from a request's last byte to its answer
 * @param write how long a client may take to read an answer
 * @param linger how long the rest of a refused request is read and thrown away, so that the refusal
 *     is not lost to a reset
 */
public record ServerLimits(
    int connections,
    int lineBytes,
    int headerBytes,
    int bodyBytes,
    Duration request,
    Duration idle,
    Duration answer,
    Duration write,
    Duration linger) {

  /** For the orchestrator's API: room for 5,000 connections that only wait. */
  public static final ServerLimits API =
      new ServerLimits(
          8_192,
          8_192,
          16_384,
          65_536,
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2));

  /** For a worker's measurements, which a scraper or two ask for. */
  public static final ServerLimits METRICS =
      new ServerLimits(
          64,
          2_048,
          8_192,
          1_024,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2));

  /** These limits with at most so many connections. */
  public ServerLimits withConnections(int connections) {
    return new ServerLimits(
        connections, lineBytes, headerBytes, bodyBytes, request, idle, answer, write, linger);
  }

  /** These limits with another time for a request. */
  public ServerLimits withRequest(Duration request) {
    return new ServerLimits(
        connections, lineBytes, headerBytes, bodyBytes, request, idle, answer, write, linger);
  }

  /** These limits with another time to wait for a request. */
  public ServerLimits withIdle(Duration idle) {
    return new ServerLimits(
        connections, lineBytes, headerBytes, bodyBytes, request, idle, answer, write, linger);
  }

  /** These limits with another time for an answer. */
  public ServerLimits withAnswer(Duration answer) {
    return new ServerLimits(
        connections, lineBytes, headerBytes, bodyBytes, request, idle, answer, write, linger);
  }

  /** These limits with another time for a client to read. */
  public ServerLimits withWrite(Duration write) {
    return new ServerLimits(
        connections, lineBytes, headerBytes, bodyBytes, request, idle, answer, write, linger);
  }
}
