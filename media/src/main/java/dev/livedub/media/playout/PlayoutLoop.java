package dev.livedub.media.playout;

import dev.livedub.core.timeline.MediaTimes;
import dev.livedub.core.timeline.PlayoutClock;
import dev.livedub.media.ffmpeg.MediaException;
import dev.livedub.media.ffmpeg.MediaPacket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts picture and sound on air when they are due, in the order of their decoding timestamps.
 *
 * <p><b>Threading:</b> {@link #run} is the playout thread; the other methods may be called by any.
 */
public final class PlayoutLoop {

  /** How long to sleep when nothing is known to come. */
  static final long IDLE_NANOS = Duration.ofMillis(100).toNanos();

  /** Before any due time, so that nobody is woken who is awake. */
  private static final long AWAKE = Long.MIN_VALUE / 2;

  private final PacketDelayLine pictures;
  private final SoundLane sound;
  private final PlayoutClock clock;
  private final Consumer<MediaPacket> output;
  private final boolean live;
  private volatile @Nullable Thread thread;
  private volatile long sleepsUntilNanos = AWAKE;
  private final AtomicInteger arrivals = new AtomicInteger();
  private volatile boolean inputEnded;
  private volatile boolean stopped;
  private long pictureMicros = MediaTimes.UNSET_MICROS;

  /**
   * A loop about to begin.
   *
   * @param output takes over every packet; must not block
   */
  public PlayoutLoop(
      PacketDelayLine pictures,
      SoundLane sound,
      PlayoutClock clock,
      boolean live,
      Consumer<MediaPacket> output) {
    this.pictures = pictures;
    this.sound = sound;
    this.clock = clock;
    this.live = live;
    this.output = output;
  }

  /** Puts media on air until the input has ended and all is out, or until stopped. */
  public void run() throws MediaException {
    thread = Thread.currentThread();
    while (!stopped) {
      boolean ended = inputEnded;
      int seen = arrivals.get();
      if (!emitDue(ended)) {
        if (ended && isDrained()) {
          break;
        }
        sleep(seen);
      }
    }
    sound.finish(output);
  }

  /** Says that media of an output time has been queued. Cheap when nobody needs to wake for it. */
  public void queued(long outMicros) {
    arrivals.set(arrivals.get() + 1); // one thread queues
    if (!live || clock.dueNanos(outMicros) - sleepsUntilNanos < 0) {
      LockSupport.unpark(thread);
    }
  }

  /** Says that nothing more will be queued: what is left goes on air in its time. */
  public void inputEnded() {
    inputEnded = true;
    LockSupport.unpark(thread);
  }

  /** Ends at once; what is left is not put on air. */
  public void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }

  private boolean emitDue(boolean ended) throws MediaException {
    boolean emitted = false;
    while (!stopped) {
      long nowNanos = System.nanoTime();
      long picture = readyPicture(nowNanos);
      long piece = sound.readyMicros(nowNanos, ended, pictureMicros);
      if (picture == SoundLane.NOTHING && piece == SoundLane.NOTHING) {
        return emitted;
      }
      if (picture <= piece) {
        emitPicture();
      } else {
        sound.emit(output);
      }
      emitted = true;
    }
    return emitted;
  }

  private long readyPicture(long nowNanos) {
    long headMicros = pictures.headDtsMicros();
    boolean ready =
        headMicros != MediaTimes.UNSET_MICROS
            && (!live || clock.dueNanos(headMicros) - nowNanos <= 0);
    return ready ? headMicros : SoundLane.NOTHING;
  }

  private void emitPicture() {
    MediaPacket packet = pictures.poll();
    if (packet != null) {
      pictureMicros = packet.dtsMicros();
      output.accept(packet);
    }
  }

  private boolean isDrained() {
    return pictures.size() == 0
        && sound.readyMicros(Long.MAX_VALUE / 2, true, pictureMicros) == SoundLane.NOTHING;
  }

  /** Sleeps until something is due, unless more arrived than had been seen. */
  private void sleep(int seen) {
    long nowNanos = System.nanoTime();
    long untilNanos = Math.min(sound.nextLookNanos(nowNanos), nowNanos + IDLE_NANOS);
    long headMicros = pictures.headDtsMicros();
    if (headMicros != MediaTimes.UNSET_MICROS && live) {
      untilNanos = Math.min(untilNanos, clock.dueNanos(headMicros));
    }
    sleepsUntilNanos = untilNanos;
    if (arrivals.get() == seen && untilNanos > nowNanos) {
      LockSupport.parkNanos(this, untilNanos - nowNanos);
    }
    sleepsUntilNanos = AWAKE;
  }
}
