package dev.livedub.testkit.rtmp;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a sink behaves apart from its faults.
 *
 * @param port to listen on; 0 takes a free one
 * @param receiveBufferBytes of each connection; 0 leaves the system's, a small one lets a publisher
 *     feel a stop soon
 * @param maxTags kept per publication; beyond it the oldest are dropped
 * @param dumpDirectory where each publication is written as an FLV file; empty writes none
 * @param maxDumpBytes per file; beyond it nothing more is written
 * @param idleTimeout a connection that sends nothing for this long is closed
 * @param maxConnections beyond this a connection is closed at once
 */
public record RtmpSinkOptions(
    int port,
    int receiveBufferBytes,
    int maxTags,
    Optional<Path> dumpDirectory,
    long maxDumpBytes,
    Duration idleTimeout,
    int maxConnections) {

  /** A free port, no dump. */
  public static RtmpSinkOptions defaults() {
    return new RtmpSinkOptions(
        0, 0, 200_000, Optional.empty(), 1L << 30, Duration.ofSeconds(60), 512);
  }

  /** The same on another port. */
  public RtmpSinkOptions withPort(int newPort) {
    return new RtmpSinkOptions(
        newPort,
        receiveBufferBytes,
        maxTags,
        dumpDirectory,
        maxDumpBytes,
        idleTimeout,
        maxConnections);
  }

  /** The same with another receive buffer. */
  public RtmpSinkOptions withReceiveBufferBytes(int newReceiveBufferBytes) {
    return new RtmpSinkOptions(
        port,
        newReceiveBufferBytes,
        maxTags,
        dumpDirectory,
        maxDumpBytes,
        idleTimeout,
        maxConnections);
  }

  /** The same with another bound on the tags kept. */
  public RtmpSinkOptions withMaxTags(int newMaxTags) {
    return new RtmpSinkOptions(
        port,
        receiveBufferBytes,
        newMaxTags,
        dumpDirectory,
        maxDumpBytes,
        idleTimeout,
        maxConnections);
  }

  /** The same with FLV files written to a directory that exists. */
  public RtmpSinkOptions withDumpDirectory(Path newDumpDirectory) {
    return new RtmpSinkOptions(
        port,
        receiveBufferBytes,
        maxTags,
        Optional.of(newDumpDirectory),
        maxDumpBytes,
        idleTimeout,
        maxConnections);
  }
}
