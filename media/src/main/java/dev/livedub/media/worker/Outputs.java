package dev.livedub.media.worker;

import dev.livedub.core.config.DubConfig;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerStatus.OutputStatus;
import dev.livedub.media.ffmpeg.MediaException;
import dev.livedub.media.ffmpeg.MediaPacket;
import dev.livedub.media.ffmpeg.OutputTarget;
import dev.livedub.media.ffmpeg.PictureFormat;
import dev.livedub.media.ffmpeg.SoundFormat;
import dev.livedub.media.sink.Sink;
import dev.livedub.media.sink.SinkListener;
import dev.livedub.media.sink.SinkSettings;
import dev.livedub.media.source.SourceSettings;
import dev.livedub.media.telemetry.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All destinations of a worker, each with a thread of its own, so that none waits for another.
 *
 * <p><b>Threading:</b> {@link #accept} is called by the playout thread, the rest by any.
 */
final class Outputs implements SinkListener {

  /** A playout delay from which on destinations are connected only when there is media for them. */
  private static final Duration LONG_DELAY = Duration.ofSeconds(3);

  private final List<Sink> sinks = new ArrayList<>();
  private final List<Sink> alive = new CopyOnWriteArrayList<>();
  private final List<Thread> running = new CopyOnWriteArrayList<>();
  private final WorkerThreads threads;
  private final Runnable onAir;
  private final BiConsumer<ExitCode, String> allFailed;
  private final AtomicBoolean isOnAir = new AtomicBoolean();
  private final AtomicReference<@Nullable MediaException> worst = new AtomicReference<>();
  private volatile long onAirMicros;

  /**
   * The destinations of a configuration, none of them started.
   *
   * @param bitsPerSecond what the stream takes, as known by then
   * @param onAir run once, when the first access unit has been written
   * @param allFailed told the gravest fault when none is left
   */
  Outputs(
      DubConfig config,
      Telemetry telemetry,
      WorkerThreads threads,
      DoubleSupplier bitsPerSecond,
      Runnable onAir,
      BiConsumer<ExitCode, String> allFailed) {
    this.threads = threads;
    this.onAir = onAir;
    this.allFailed = allFailed;
    SinkSettings settings =
        new SinkSettings(
            SourceSettings.of(config).isLive(),
            config.delay().least().compareTo(LONG_DELAY) < 0,
            config.reconnectTimeout());
    for (String url : config.outputs()) {
      sinks.add(new Sink(OutputTarget.of(url), settings, bitsPerSecond, this, telemetry));
    }
    alive.addAll(sinks);
  }

  /** Starts all of them. */
  void start(Optional<PictureFormat> picture, Optional<SoundFormat> sound) {
    for (int i = 0; i < sinks.size(); i++) {
      Sink sink = sinks.get(i);
      sink.announce(picture, sound);
      running.add(threads.start("sink-" + i, sink::run));
    }
  }

  /** Takes over the packets, but not the list, and gives each destination a reference to them. */
  void accept(List<MediaPacket> packets) {
    onAirMicros = packets.get(packets.size() - 1).dtsMicros();
    Sink[] takers = alive.toArray(Sink[]::new); // one may fail meanwhile
    for (int i = 1; i < takers.length; i++) {
      takers[i].offer(packets.stream().map(MediaPacket::reference).toList());
    }
    if (takers.length == 0) {
      packets.forEach(MediaPacket::close);
    } else {
      takers[0].offer(packets);
    }
  }

  /** Lets all write what they have, and their trailers; then ends them. */
  void finish(Duration timeout) {
    sinks.forEach(Sink::finish);
    long untilNanos = System.nanoTime() + timeout.toNanos();
    for (Thread thread : running) {
      WorkerThreads.join(thread, untilNanos - System.nanoTime());
    }
    sinks.forEach(Sink::abort);
  }

  /** Output time that was handed to the destinations last, µs. */
  long onAirMicros() {
    return onAirMicros;
  }

  List<OutputStatus> statuses() {
    return sinks.stream().map(Sink::status).toList();
  }

  @Override
  public void onAir() {
    if (isOnAir.compareAndSet(false, true)) {
      onAir.run();
    }
  }

  @Override
  public void failed(Sink sink, MediaException cause) {
    MediaException gravest = worst.accumulateAndGet(cause, Outputs::graver);
    alive.remove(sink);
    if (alive.isEmpty() && gravest != null) {
      allFailed.accept(gravest.fault().exitCode(), gravest.getMessage());
    }
  }

  /** How the worker ends: not cleanly if a destination had to be given up on the way. */
  WorkerExit verdict(WorkerExit exit) {
    MediaException gravest = worst.get();
    return exit.code() != ExitCode.CLEAN || gravest == null
        ? exit
        : new WorkerExit(
            gravest.fault().exitCode(),
            exit.message() + "; a destination had been given up: " + gravest.getMessage());
  }

  private static @Nullable MediaException graver(
      @Nullable MediaException first, @Nullable MediaException second) {
    return first == null || (second != null && gravity(second) > gravity(first)) ? second : first;
  }

  /** Ours before theirs, and what does not heal by itself before what may. */
  private static int gravity(MediaException cause) {
    return switch (cause.fault().exitCode()) {
      case INTERNAL -> 2;
      case DESTINATION_REFUSED -> 1;
      default -> 0;
    };
  }
}
