package dev.livedub.media.source;

import dev.livedub.core.timeline.MediaTimes;
import dev.livedub.media.ffmpeg.MediaPacket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Makes a file arrive at real time, as a live input does. */
final class RealTimePacer {

  /** Timestamps that step further than this have jumped; pacing starts over. */
  private static final long MAX_STEP_MICROS = 2_000_000;

  private static final long NAP_NANOS = Duration.ofMillis(50).toNanos();

  private long startNanos;
  private long startMicros = MediaTimes.UNSET_MICROS;
  private long lastMicros;

  /** Sleeps until the packet's time has come, or {@code stopped} says so. */
  void await(MediaPacket packet, BooleanSupplier stopped) {
    long timeMicros =
        packet.dtsMicros() == MediaTimes.UNSET_MICROS ? packet.ptsMicros() : packet.dtsMicros();
    if (timeMicros == MediaTimes.UNSET_MICROS) {
      return;
    }
    if (startMicros == MediaTimes.UNSET_MICROS
        || Math.abs(timeMicros - lastMicros) > MAX_STEP_MICROS) {
      startMicros = timeMicros;
      startNanos = System.nanoTime();
    }
    lastMicros = timeMicros;
    long dueNanos = startNanos + (timeMicros - startMicros) * 1_000;
    for (long leftNanos = dueNanos - System.nanoTime();
        leftNanos > 0 && !stopped.getAsBoolean();
        leftNanos = dueNanos - System.nanoTime()) {
      LockSupport.parkNanos(this, Math.min(leftNanos, NAP_NANOS));
    }
  }
}
