package dev.livedub.media.sink;

import dev.livedub.core.log.LogEvent;
import dev.livedub.core.log.RepeatLimiter;
import dev.livedub.core.time.Backoff;
import dev.livedub.core.time.Ticker;
import dev.livedub.core.timeline.MediaTimes;
import dev.livedub.core.timeline.StreamKind;
import dev.livedub.core.worker.WorkerStatus.OutputStatus;
import dev.livedub.media.ffmpeg.MediaException;
import dev.livedub.media.ffmpeg.MediaException.Fault;
import dev.livedub.media.ffmpeg.MediaOutput;
import dev.livedub.media.ffmpeg.MediaPacket;
import dev.livedub.media.ffmpeg.OutputTarget;
import dev.livedub.media.ffmpeg.PictureFormat;
import dev.livedub.media.ffmpeg.SoundFormat;
import dev.livedub.media.telemetry.Telemetry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One destination: keeps it connected and writes to it what goes on air. A destination that is lost
 * is connected again; what comes after continues the same timeline, from a keyframe on.
 *
 * <p><b>Threading:</b> {@link #run} is the sink's thread, and the only one to open, write and close
 * the connection; the rest may be called by any. {@link #offer} never blocks for a live input.
 */
public final class Sink {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
  private static final Duration OPEN_DEADLINE = Duration.ofSeconds(5);
  private static final Duration FORMAT_POLL = Duration.ofMillis(20);
  private static final Duration TRAILER_DEADLINE = Duration.ofSeconds(2);

  /**
   * A server that never took anything and hangs up so often in a row means to refuse: nginx-rtmp
   * answers a denied publisher in no other way. With the pauses between, that is 2 s or more.
   */
  private static final int HANG_UPS_OF_A_REFUSAL = 8;

  private final OutputTarget target;
  private final SinkQueue queue;
  private final DoubleSupplier bitsPerSecond;
  private final SinkListener listener;
  private final Telemetry telemetry;
  private final SinkSettings settings;
  private final Backoff backoff =
      new Backoff(FIRST_PAUSE, LONGEST_PAUSE, ThreadLocalRandom.current());
  private final RepeatLimiter repeats = new RepeatLimiter(Ticker.SYSTEM);
  private final LongAdder bytesWritten = new LongAdder();
  private final LongAdder reconnects = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private volatile boolean connected;
  private volatile boolean aborted;
  private volatile @Nullable MediaOutput current;
  private volatile Optional<PictureFormat> picture = Optional.empty();
  private volatile Optional<SoundFormat> sound = Optional.empty();
  private boolean everConnected;
  private boolean everWritten;
  private boolean connectionProven;
  private int hangUps;
  private long lostSinceNanos;
  private long startMicros;

  /**
   * A sink that is not connected yet.
   *
   * @param bitsPerSecond what the stream takes, as known by then; sizes a connection's buffers
   */
  public Sink(
      OutputTarget target,
      SinkSettings settings,
      DoubleSupplier bitsPerSecond,
      SinkListener listener,
      Telemetry telemetry) {
    this.target = target;
    this.queue = new SinkQueue(target.isFile(), settings.live());
    this.settings = settings;
    this.bitsPerSecond = bitsPerSecond;
    this.listener = listener;
    this.telemetry = telemetry;
  }

  /** Says what will be written, before {@link #run}. */
  public void announce(Optional<PictureFormat> pictureFormat, Optional<SoundFormat> soundFormat) {
    picture = pictureFormat;
    sound = soundFormat;
    queue.expectPicture(pictureFormat.isPresent());
  }

  /** Takes over the packets, but not the list. */
  public void offer(List<MediaPacket> packets) {
    int lost = queue.offer(packets);
    if (lost > 0) {
      dropped.add(lost);
      telemetry.dropped(lost, target.shown());
    }
  }

  /** Connects, writes, connects again, until {@link #finish} or until it is hopeless. */
  public void run() {
    lostSinceNanos = System.nanoTime();
    while (!aborted) {
      try {
        if (writeOneConnection()) {
          break;
        }
      } catch (MediaException e) {
        if (aborted || !survives(e)) {
          break;
        }
      }
      queue.pause(backoff.next());
      if (queue.isEnded() && !target.isFile()) {
        break;
      }
    }
    queue.end();
    queue.clear();
  }

  /** Says that nothing more will come: what is queued is written, then the trailer. */
  public void finish() {
    queue.end();
  }

  /** Ends {@link #run} at once, whatever it is doing. */
  public void abort() {
    aborted = true;
    queue.end();
    MediaOutput output = current;
    if (output != null) {
      output.cancel();
    }
  }

  /** A snapshot. */
  public OutputStatus status() {
    return new OutputStatus(
        target.shown(), connected, bytesWritten.sum(), reconnects.sum(), dropped.sum());
  }

  /** One connection from open to close; true if it came to a clean end. */
  private boolean writeOneConnection() throws MediaException {
    if (!awaitFormats()) {
      return true;
    }
    try (MediaOutput output = MediaOutput.to(target)) {
      current = output;
      AnnouncedFormats announced = new AnnouncedFormats(picture, sound);
      output.open(
          announced.picture(),
          announced.sound(),
          (long) bitsPerSecond.getAsDouble(),
          OPEN_DEADLINE);
      noteConnected();
      return pumpAndFinish(output, announced);
    } finally {
      current = null;
      connected = false;
      queue.setConnected(false);
    }
  }

  private boolean pumpAndFinish(MediaOutput output, AnnouncedFormats announced)
      throws MediaException {
    boolean ended;
    try {
      ended = pump(output, announced);
    } catch (MediaException e) {
      if (target.isFile()) { // what was written stays playable
        output.finish(TRAILER_DEADLINE);
      }
      throw e;
    }
    output.finish(TRAILER_DEADLINE);
    return ended;
  }

  /** Waits until there is something to say to a receiver; false if the end comes first. */
  private boolean awaitFormats() {
    boolean waits = !everConnected && !settings.connectsEarly();
    while (waits || isIncomplete()) {
      MediaPacket head = queue.awaitHead(Duration.ofMillis(200).toNanos());
      if (head != null) {
        waits = false;
        remember(head);
        queue.pause(isIncomplete() ? FORMAT_POLL : Duration.ZERO);
      } else if (queue.isEnded()) {
        return false;
      }
    }
    return !aborted;
  }

  private boolean isIncomplete() {
    return picture.isPresent() && !picture.get().isComplete();
  }

  private void noteConnected() {
    connected = true;
    queue.setConnected(true);
    if (everConnected) {
      reconnects.increment();
      telemetry.outputReconnected();
    }
    telemetry
        .info(LogEvent.OUTPUT_CONNECTED, "sink")
        .addKeyValue("target", target.shown())
        .log("output connected");
    everConnected = true;
  }

  /** Writes until the queue ends (true), or until the streams need another connection (false). */
  private boolean pump(MediaOutput output, AnnouncedFormats announced) throws MediaException {
    Deque<MediaPacket> batch = new ArrayDeque<>();
    Deque<MediaPacket> written = new ArrayDeque<>();
    startMicros = MediaTimes.UNSET_MICROS;
    try {
      while (queue.take(batch)) {
        boolean admitted = writeTogether(output, announced, batch, written);
        output.flush();
        while (!written.isEmpty()) {
          noteOnAir(written.getFirst());
          written.removeFirst().close();
        }
        if (!admitted) {
          return false;
        }
      }
      return true;
    } finally {
      written.forEach(MediaPacket::close);
      queue.giveBack(batch);
    }
  }

  /** Moves packets from one to the other; false at one that takes another connection. */
  private boolean writeTogether(
      MediaOutput output,
      AnnouncedFormats announced,
      Deque<MediaPacket> batch,
      Deque<MediaPacket> written)
      throws MediaException {
    while (!batch.isEmpty()) {
      MediaPacket packet = batch.getFirst();
      if (!belongs(packet, announced)) {
        batch.removeFirst().close();
      } else if (isAnnounced(packet, announced)) {
        written.addLast(batch.removeFirst());
        output.write(packet);
      } else if (target.isFile()) { // a file cannot be begun again
        telemetry.dropped(1, target.shown());
        batch.removeFirst().close();
      } else {
        return false;
      }
    }
    return true;
  }

  /** Nothing is written that lies before the first packet: FLV's muxer refuses it. */
  private boolean belongs(MediaPacket packet, AnnouncedFormats announced) {
    if (startMicros == MediaTimes.UNSET_MICROS && canStart(packet, announced)) {
      startMicros = packet.dtsMicros();
    }
    return startMicros != MediaTimes.UNSET_MICROS && packet.dtsMicros() >= startMicros;
  }

  private boolean isAnnounced(MediaPacket packet, AnnouncedFormats announced) {
    remember(packet);
    return announced.admits(packet);
  }

  private boolean canStart(MediaPacket packet, AnnouncedFormats announced) {
    boolean leads = packet.kind() == StreamKind.VIDEO || announced.picture().isEmpty();
    return target.isFile() || (leads && packet.isKeyframe());
  }

  private void remember(MediaPacket packet) {
    if (packet.format() instanceof PictureFormat format) {
      picture = Optional.of(format);
      queue.expectPicture(true);
    } else if (packet.format() instanceof SoundFormat format) {
      sound = Optional.of(format);
    }
  }

  private void noteOnAir(MediaPacket packet) {
    bytesWritten.add(packet.sizeBytes());
    telemetry.wrote(packet.sizeBytes());
    if (packet.kind() == StreamKind.VIDEO) {
      telemetry.onAir(packet.arrivalNanos(), System.nanoTime());
    }
    if (!everWritten) {
      everWritten = true;
      listener.onAir();
    }
    if (!connectionProven) {
      connectionProven = true;
      backoff.reset();
    }
  }

  private boolean survives(MediaException e) {
    boolean wasFlowing = connectionProven;
    connectionProven = false;
    if (wasFlowing) {
      lostSinceNanos = System.nanoTime();
    }
    long lostNanos = System.nanoTime() - lostSinceNanos;
    // A server may still hold the lost connection's place and refuse a second one for a while.
    boolean denied = !everWritten && (e.fault() == Fault.OUTPUT_DENIED || isSilentRefusal(e));
    if (denied || target.isFile() || lostNanos > settings.reconnectTimeout().toNanos()) {
      telemetry
          .error(LogEvent.OUTPUT_FAILED, "sink")
          .addKeyValue("target", target.shown())
          .log(e.getMessage());
      listener.failed(this, e);
      return false;
    }
    long times = wasFlowing ? 1 : repeats.offer("unavailable");
    if (times > 0) {
      telemetry
          .warn(wasFlowing ? LogEvent.OUTPUT_LOST : LogEvent.OUTPUT_UNAVAILABLE, "sink")
          .addKeyValue("target", target.shown())
          .addKeyValue("count", times)
          .log(e.getMessage());
    }
    return true;
  }

  private boolean isSilentRefusal(MediaException e) {
    hangUps = e.fault() == Fault.OUTPUT_HUNG_UP ? hangUps + 1 : 0;
    return hangUps >= HANG_UPS_OF_A_REFUSAL;
  }
}
