package dev.livedub.media.playout;

import dev.livedub.core.timeline.MediaTimes;
import dev.livedub.core.timeline.PlayoutClock;
import dev.livedub.media.ffmpeg.MediaException;
import dev.livedub.media.ffmpeg.MediaPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts picture and sound on air when they are due, in the order of their decoding timestamps.
 *
 * <p>Waking a thread costs as much as writing a packet. So what is due within a moment goes on air
 * together, a little early, if the playout delay makes it wait anyway: 13 instead of 72 wake-ups a
 * second for 25 pictures and 47 sound frames, here and in every sink.
 *
 * <p><b>Threading:</b> {@link #run} is the playout thread; the other methods may be called by any.
 */
public final class PlayoutLoop {

  /**
   * How much is put on air together: just less than from one picture to the next but one at 25 a
   * second, so that two pictures go with their sound.
   */
  static final Duration TOGETHER = Duration.ofMillis(78);

  /** The same under a short playout delay: each picture with its sound. */
  static final Duration TOGETHER_UNDER_SHORT_DELAY = Duration.ofMillis(38);

  /** How often what goes together must fit into the playout delay. */
  private static final int SHARE = 5;

  private static final Duration LONG_DELAY = Duration.ofSeconds(2);

  /** How long to sleep when nothing is known to come. */
  static final long IDLE_NANOS = Duration.ofMillis(100).toNanos();

  /** What has become due while this was held up goes on air in pieces of so many packets. */
  private static final int MAX_BATCH = 32;

  /** Before any due time, so that nobody is woken who is awake. */
  private static final long AWAKE = Long.MIN_VALUE / 2;

  private final PacketDelayLine pictures;
  private final SoundLane sound;
  private final PlayoutClock clock;
  private final Consumer<List<MediaPacket>> output;
  private final boolean live;
  private final long togetherNanos;
  private final List<MediaPacket> batch = new ArrayList<>();
  private volatile @Nullable Thread thread;
  private volatile long sleepsUntilNanos = AWAKE;
  private final AtomicInteger arrivals = new AtomicInteger();
  private volatile boolean inputEnded;
  private volatile boolean stopped;
  private long pictureMicros = MediaTimes.UNSET_MICROS;

  /**
   * A loop about to begin.
   *
   * @param output takes over every packet, but not the list; must not block
   */
  public PlayoutLoop(
      PacketDelayLine pictures,
      SoundLane sound,
      PlayoutClock clock,
      boolean live,
      Consumer<List<MediaPacket>> output) {
    this.pictures = pictures;
    this.sound = sound;
    this.clock = clock;
    this.live = live;
    this.togetherNanos = together(clock.delayNanos());
    this.output = output;
  }

  private static long together(long delayNanos) {
    if (delayNanos >= LONG_DELAY.toNanos()) {
      return TOGETHER.toNanos();
    }
    long nanos = TOGETHER_UNDER_SHORT_DELAY.toNanos();
    return delayNanos >= SHARE * nanos ? nanos : 0;
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
    sound.finish(batch::add);
    flush();
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
    long nowNanos = System.nanoTime();
    long untilNanos = nowNanos;
    try {
      while (!stopped) {
        long picture = readyPicture(untilNanos);
        long piece = sound.readyMicros(untilNanos, ended, pictureMicros);
        if (picture == SoundLane.NOTHING && piece == SoundLane.NOTHING) {
          return !batch.isEmpty();
        }
        if (picture <= piece) {
          emitPicture();
        } else {
          sound.emit(batch::add);
        }
        untilNanos = nowNanos + togetherNanos;
        if (batch.size() >= MAX_BATCH) {
          return true;
        }
      }
      return false;
    } finally {
      flush();
    }
  }

  private void flush() {
    if (!batch.isEmpty()) {
      output.accept(batch);
      batch.clear();
    }
  }

  private long readyPicture(long untilNanos) {
    long headMicros = pictures.headDtsMicros();
    boolean ready =
        headMicros != MediaTimes.UNSET_MICROS
            && (!live || clock.dueNanos(headMicros) - untilNanos <= 0);
    return ready ? headMicros : SoundLane.NOTHING;
  }

  private void emitPicture() {
    MediaPacket packet = pictures.poll();
    if (packet != null) {
      pictureMicros = packet.dtsMicros();
      batch.add(packet);
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
