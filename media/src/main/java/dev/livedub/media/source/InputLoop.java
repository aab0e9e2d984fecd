package dev.livedub.media.source;

import dev.livedub.core.log.LogEvent;
import dev.livedub.core.log.MaskedUrl;
import dev.livedub.core.log.RepeatLimiter;
import dev.livedub.core.time.Backoff;
import dev.livedub.core.time.Ticker;
import dev.livedub.core.timeline.StreamKind;
import dev.livedub.core.timeline.TimelineMapper;
import dev.livedub.media.ffmpeg.MediaException;
import dev.livedub.media.ffmpeg.MediaException.Fault;
import dev.livedub.media.ffmpeg.MediaInput;
import dev.livedub.media.ffmpeg.MediaPacket;
import dev.livedub.media.telemetry.Telemetry;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the input connected and its packets flowing: connects, reads, notices a loss, connects
 * again.
 *
 * <p><b>Threading:</b> {@link #run} is the demux thread, and the only one to open, read and close
 * the input; {@link #stop} may be called by any.
 */
final class InputLoop {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  /** One attempt to open; a host that does not answer must not use up the whole patience. */
  private static final Duration OPEN_DEADLINE = Duration.ofSeconds(5);

  private static final long ROOM_POLL_NANOS = Duration.ofMillis(1).toNanos();

  private static final long NAP_NANOS = Duration.ofMillis(50).toNanos();

  private final SourceSettings settings;
  private final TimelineMapper timeline;
  private final Opening opening;
  private final MediaIntake pictures;
  private final MediaIntake sound;
  private final SourceListener listener;
  private final Telemetry telemetry;
  private final Backoff backoff =
      new Backoff(FIRST_PAUSE, LONGEST_PAUSE, ThreadLocalRandom.current());
  private final RepeatLimiter repeats = new RepeatLimiter(Ticker.SYSTEM);
  private volatile boolean stopped;
  private volatile @Nullable MediaInput current;
  private boolean everReady;
  private boolean packetsFlowed;
  private long lostSinceNanos = System.nanoTime();

  InputLoop(
      SourceSettings settings,
      TimelineMapper timeline,
      Opening opening,
      MediaIntake pictures,
      MediaIntake sound,
      SourceListener listener,
      Telemetry telemetry) {
    this.settings = settings;
    this.timeline = timeline;
    this.opening = opening;
    this.pictures = pictures;
    this.sound = sound;
    this.listener = listener;
    this.telemetry = telemetry;
  }

  /**
   * Reads until the input ends or {@link #stop} is called.
   *
   * @throws MediaException if the input cannot be had, or cannot be had again
   */
  void run() throws MediaException {
    lostSinceNanos = System.nanoTime();
    while (!stopped) {
      packetsFlowed = false;
      try {
        if (readOneConnection()) {
          return;
        }
      } catch (MediaException e) {
        if (stopped) {
          return;
        }
        decide(e);
      }
      pause();
    }
  }

  /** Ends {@link #run} soon, whatever it is doing. */
  void stop() {
    stopped = true;
    MediaInput input = current;
    if (input != null) {
      input.cancel();
    }
  }

  /** One connection from open to close; true if the input has come to its end. */
  private boolean readOneConnection() throws MediaException {
    try (MediaInput input = new MediaInput(settings.url(), settings.gather())) {
      current = input;
      if (stopped) {
        return true;
      }
      input.open(settings.url(), OPEN_DEADLINE);
      begin(input);
      boolean ended = pump(input);
      if (!ended || stopped || settings.endsForGood()) {
        return true;
      }
      throw new MediaException(
          Fault.INPUT_LOST, "lost " + MaskedUrl.of(settings.url()) + ": the server ended it");
    } finally {
      current = null;
    }
  }

  private void begin(MediaInput input) throws MediaException {
    timeline.connected();
    opening.connected(input.picture().isPresent(), System.nanoTime());
    listener.checkFormats(input.picture(), input.sound());
    pictures.connected(input);
    sound.connected(input);
    telemetry
        .info(LogEvent.INPUT_CONNECTED, "source")
        .addKeyValue("picture", input.picture().map(Object::toString).orElse("none"))
        .addKeyValue("sound", input.sound().map(Object::toString).orElse("none"))
        .log("input connected");
    if (everReady) {
      telemetry.inputReconnected();
    }
    listener.connected(input.picture(), input.sound());
    everReady = true;
  }

  /** Reads until the end (true) or until stopped (false). */
  private boolean pump(MediaInput input) throws MediaException {
    RealTimePacer pacer = new RealTimePacer();
    while (!stopped) {
      MediaPacket packet = input.read();
      if (packet == null) {
        return true;
      }
      if (!packetsFlowed) {
        packetsFlowed = true;
        backoff.reset();
      }
      telemetry.read(packet.sizeBytes());
      if (settings.paced()) {
        pacer.await(packet, () -> stopped);
        packet.arrivedNow();
      }
      (packet.kind() == StreamKind.VIDEO ? pictures : sound).accept(packet);
      while (!stopped && !listener.hasRoom()) {
        LockSupport.parkNanos(this, ROOM_POLL_NANOS);
      }
    }
    return false;
  }

  private void decide(MediaException e) throws MediaException {
    boolean wasFlowing = packetsFlowed;
    if (wasFlowing) {
      lostSinceNanos = System.nanoTime();
      listener.lost(e.getMessage());
      telemetry.warn(LogEvent.INPUT_LOST, "source").log(e.getMessage());
    }
    boolean hopeless = !e.fault().isRetryable() && !everReady;
    boolean codecChanged = e.fault() == Fault.INPUT_CODEC && everReady;
    if (hopeless || codecChanged || e.fault() == Fault.INTERNAL) {
      throw e;
    }
    Duration patience = everReady ? settings.reconnectTimeout() : settings.readyTimeout();
    if (System.nanoTime() - lostSinceNanos > patience.toNanos()) {
      throw new MediaException(
          everReady ? Fault.INPUT_LOST : Fault.INPUT_UNREACHABLE,
          e.getMessage() + "; given up after " + patience.toSeconds() + " s",
          e);
    }
    long times = wasFlowing ? 0 : repeats.offer("unavailable");
    if (times > 0) {
      telemetry
          .warn(LogEvent.INPUT_UNAVAILABLE, "source")
          .addKeyValue("count", times)
          .log(e.getMessage());
    }
  }

  private void pause() {
    long untilNanos = System.nanoTime() + backoff.next().toNanos();
    for (long left = untilNanos - System.nanoTime();
        left > 0 && !stopped;
        left = untilNanos - System.nanoTime()) {
      LockSupport.parkNanos(this, Math.min(left, NAP_NANOS));
    }
  }
}
