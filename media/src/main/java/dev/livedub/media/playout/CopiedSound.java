package dev.livedub.media.playout;

import dev.livedub.core.timeline.MediaTimes;
import dev.livedub.core.timeline.PlayoutClock;
import dev.livedub.media.ffmpeg.MediaPacket;
import java.util.function.Consumer;

/** Sound that is copied: packets out as they came in. */
public final class CopiedSound implements SoundLane {

  private final PacketDelayLine line;
  private final PlayoutClock clock;
  private final boolean live;

  /** A lane that empties {@code line}, which stays the caller's to close. */
  public CopiedSound(PacketDelayLine line, PlayoutClock clock, boolean live) {
    this.line = line;
    this.clock = clock;
    this.live = live;
  }

  @Override
  public long readyMicros(long nowNanos, boolean ended, long pictureMicros) {
    long headMicros = line.headDtsMicros();
    boolean ready =
        headMicros != MediaTimes.UNSET_MICROS
            && (!live || clock.dueNanos(headMicros) - nowNanos <= 0);
    return ready ? headMicros : NOTHING;
  }

  @Override
  public long nextLookNanos(long nowNanos) {
    long headMicros = line.headDtsMicros();
    return headMicros == MediaTimes.UNSET_MICROS || !live
        ? nowNanos + PlayoutLoop.IDLE_NANOS
        : clock.dueNanos(headMicros);
  }

  @Override
  public void emit(Consumer<MediaPacket> output) {
    MediaPacket packet = line.poll();
    if (packet != null) {
      output.accept(packet);
    }
  }

  @Override
  public void finish(Consumer<MediaPacket> output) {}

  @Override
  public double heldMillis() {
    return line.heldMillis();
  }

  @Override
  public void close() {}
}
