package dev.livedub.bench.faults;

import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.core.translate.PassthroughTranslator;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.Worker;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.media.worker.DubWorkerLauncher;
import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.publish.LivePublisher;
import dev.livedub.testkit.rtmp.RtmpPublication;
import dev.livedub.testkit.rtmp.RtmpSink;
import dev.livedub.testkit.rtmp.RtmpSinkOptions;
import dev.livedub.testkit.rtmp.RtmpStream;
import dev.livedub.testkit.rtsp.PathFaults;
import dev.livedub.testkit.rtsp.RtspRelay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One dub between an RTSP relay and an RTMP sink that fail on demand, all on loopback.
 *
 * <p><b>Threading:</b> one owner drives it. <b>Ownership:</b> owns and closes everything.
 */
public final class FaultRig implements AutoCloseable {

  private static final String IN = "live/demo/in";
  private static final String OUT = "live/demo/out";
  private static final long POLL_NANOS = Duration.ofMillis(10).toNanos();

  /**
   * Of the destination: what its kernel takes before the sender can feel that nobody reads. Linux
   * would let it grow to megabytes, as it likes.
   */
  private static final int RECEIVE_BUFFER_BYTES = 128 * 1024;

  private final RtspRelay relay = RtspRelay.start();
  private final RtmpSink sink;
  private final ClipSpec clip;
  private final Worker worker;
  private final CompletableFuture<WorkerExit> exit = new CompletableFuture<>();
  private @Nullable LivePublisher publisher;

  /**
   * Starts relay, sink and publisher, and a worker whose sound is taken apart; returns at once.
   *
   * @param dumps where the sink writes what it receives, one FLV file per publication
   * @param delay playout delay
   */
  public FaultRig(Path dumps, ClipSpec clip, Duration delay, Duration patience) {
    this(
        RtmpSinkOptions.defaults()
            .withReceiveBufferBytes(RECEIVE_BUFFER_BYTES)
            .withDumpDirectory(dumps),
        clip,
        delay,
        patience);
  }

  private FaultRig(RtmpSinkOptions options, ClipSpec clip, Duration delay, Duration patience) {
    this.clip = clip;
    this.sink = RtmpSink.start(options);
    DubConfig config =
        DubConfig.builder("demo", relay.url(IN), List.of(sink.url(OUT)), TranslatorKind.PASSTHROUGH)
            .delay(delay)
            .patience(patience)
            .build();
    this.worker =
        new DubWorkerLauncher()
            .create(config, (dub, meters) -> new PassthroughTranslator(), MeterSink.NONE);
  }

  /** A rig whose sink keeps next to nothing of what it receives, for runs that take long. */
  public static FaultRig withoutRecording(ClipSpec clip, Duration delay, Duration patience) {
    return new FaultRig(RtmpSinkOptions.defaults().withMaxTags(10), clip, delay, patience);
  }

  /** Starts the worker. */
  public void dub() {
    Thread thread = new Thread(() -> exit.complete(worker.run()), "fault-rig-worker");
    thread.setDaemon(true);
    thread.start();
  }

  /** Starts the publisher, or one that takes its place. */
  public void publish() {
    stopPublishing();
    publisher = LivePublisher.start(clip, relay.url(IN));
  }

  /** Whether the relay has a publisher. */
  public boolean isPublished() {
    return relay.path(IN).stats().packetsForwarded() > 0;
  }

  /** How many of so many attempts to connect to a port of this machine are refused. */
  static int refusals(int port, int attempts) {
    int refused = 0;
    for (int i = 0; i < attempts; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        refused += socket.isConnected() ? 0 : 1;
      } catch (IOException e) {
        refused++;
      }
    }
    return refused;
  }

  /** Ends the publisher. */
  public void stopPublishing() {
    if (publisher != null) {
      publisher.close();
      publisher = null;
    }
  }

  /** The source, to break it. */
  public RtspRelay relay() {
    return relay;
  }

  /** The source's path, to break it. */
  public PathFaults source() {
    return relay.path(IN).faults();
  }

  /** The destination, to break it. */
  public RtmpSink sink() {
    return sink;
  }

  /** The destination's stream, to break it. */
  public RtmpStream destination() {
    return sink.stream(OUT);
  }

  /** How the worker is. */
  public WorkerStatus status() {
    return worker.status();
  }

  /** How the worker ended, once it has. */
  public WorkerExit awaitExit(Duration atMost) {
    try {
      return exit.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the worker has not ended in " + atMost, e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Everything the destination received, oldest publication first. */
  public List<RtmpPublication> publications() {
    return destination().publications();
  }

  /** Media that has been on air, over all publications. */
  public long mediaTags() {
    return publications().stream().mapToLong(RtmpPublication::totalTags).sum();
  }

  /** Waits until access units of picture and sound arrive, and {@code seconds} of them have. */
  public void awaitOnAir(double seconds) {
    long had = mediaTags();
    long wanted = had + (long) (seconds * (25 + 47));
    await("on air", Duration.ofSeconds(40), () -> mediaTags() >= wanted);
  }

  /** Waits until the worker's status answers; returns how long that took, in ms. */
  public double awaitStatus(String what, Predicate<WorkerStatus> test) {
    long fromNanos = System.nanoTime();
    await(what, Duration.ofSeconds(30), () -> test.test(worker.status()));
    return (System.nanoTime() - fromNanos) / 1e6;
  }

  /** Waits until something holds. */
  public static void await(String what, Duration atMost, BooleanSupplier holds) {
    long untilNanos = System.nanoTime() + atMost.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - untilNanos > 0) {
        throw new IllegalStateException("waited " + atMost.toSeconds() + " s in vain: " + what);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Lets time pass. */
  public static void pass(Duration duration) {
    long untilNanos = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = untilNanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Ends the worker and waits for it. */
  public WorkerExit stop() {
    worker.stop("end of the scenario");
    return awaitExit(Duration.ofSeconds(10));
  }

  @Override
  public void close() {
    worker.stop("rig closed");
    stopPublishing();
    sink.close();
    relay.close();
  }
}
