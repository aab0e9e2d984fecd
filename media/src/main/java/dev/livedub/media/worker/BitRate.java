package dev.livedub.media.worker;

import java.util.function.LongSupplier;

/**
 * Bits per second of a growing byte count, over the last second or so.
 *
 * <p><b>Threading:</b> any thread.
 */
final class BitRate {

  private static final long WINDOW_NANOS = 1_000_000_000;

  private final LongSupplier bytes;
  private long windowNanos = System.nanoTime();
  private long windowBytes;
  private double bitsPerSecond;

  BitRate(LongSupplier bytes) {
    this.bytes = bytes;
  }

  synchronized double bitsPerSecond() {
    long nowNanos = System.nanoTime();
    long elapsedNanos = nowNanos - windowNanos;
    if (elapsedNanos >= WINDOW_NANOS) {
      long now = bytes.getAsLong();
      bitsPerSecond = (now - windowBytes) * 8e9 / elapsedNanos;
      windowBytes = now;
      windowNanos = nowNanos;
    }
    return bitsPerSecond;
  }
}
