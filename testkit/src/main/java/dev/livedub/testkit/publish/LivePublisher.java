package dev.livedub.testkit.publish;

import dev.livedub.testkit.clip.AccessUnit;
import dev.livedub.testkit.clip.ClipLoop;
import dev.livedub.testkit.clip.ClipMuxer;
import dev.livedub.testkit.clip.ClipSource;
import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.clip.IoDeadline;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes a clip without end to an RTSP or RTMP server, paced by its DTS in real time.
 *
 * <p><b>Threading</b>: all FFmpeg calls are on the publisher's own daemon thread; the methods may
 * be called from any. <b>Ownership</b>: {@link #close()} ends the thread and frees everything; it
 * takes at most about {@code CLOSE_GRACE} plus what FFmpeg needs to notice.
 */
public final class LivePublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LivePublisher.class);

  /** How much later than a clip's media time the published times are. */
  public static final long SHIFT_MICROS = 1_000_000;

  private static final Duration OPEN_DEADLINE = Duration.ofSeconds(10);
  private static final Duration WRITE_DEADLINE = Duration.ofSeconds(10);
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(1);

  private final Supplier<ClipSource> clip;
  private final String url;
  private final Listener listener;
  private final Thread thread;
  private final CountDownLatch onAir = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final IoDeadline deadline = new IoDeadline(OPEN_DEADLINE);
  private volatile @Nullable RuntimeException failure;
  private volatile boolean closing;
  private volatile long unitCount;

  /** Hears of every unit right after it was written, on the publisher's thread. */
  @FunctionalInterface
  public interface Listener {

    /**
     * A unit has been handed to the network.
     *
     * @param unit the unit, with the clip's own times
     * @param writtenNanos {@link System#nanoTime()} before the write began
     */
    void written(AccessUnit unit, long writtenNanos);
  }

  private LivePublisher(Supplier<ClipSource> clip, String url, Listener listener) {
    this.clip = clip;
    this.url = url;
    this.listener = listener;
    String path = URI.create(url).getPath();
    thread = new Thread(this::run, "publish" + path.replace('/', '-'));
    thread.setDaemon(true);
  }

  /** Starts publishing to an {@code rtsp://} (over TCP) or {@code rtmp://} URL. */
  public static LivePublisher start(ClipSpec spec, String url) {
    return start(spec, url, (unit, writtenNanos) -> {});
  }

  /** Starts publishing, with someone who hears of every unit. */
  public static LivePublisher start(ClipSpec spec, String url, Listener listener) {
    return start(() -> ClipSource.endless(spec), url, listener);
  }

  /**
   * Starts publishing from a source made before, such as one in the middle of a clip.
   *
   * @param source the publisher's from now on; it closes it
   */
  public static LivePublisher start(ClipSource source, String url, Listener listener) {
    return start(() -> source, url, listener);
  }

  /** Starts publishing a clip made before, round and round, at little cost. */
  public static LivePublisher start(ClipLoop loop, String url, Listener listener) {
    return start(() -> ClipSource.looped(loop), url, listener);
  }

  private static LivePublisher start(Supplier<ClipSource> clip, String url, Listener listener) {
    if (!url.startsWith("rtsp://") && !url.startsWith("rtmp://")) {
      throw new IllegalArgumentException("expected rtsp:// or rtmp://");
    }
    LivePublisher publisher = new LivePublisher(clip, url, listener);
    publisher.thread.start();
    return publisher;
  }

  /**
   * Waits until the server has taken the first unit.
   *
   * @return whether it has; false at the deadline or if publishing failed before
   */
  public boolean awaitOnAir(Duration atMost) throws InterruptedException {
    return onAir.await(atMost.toNanos(), TimeUnit.NANOSECONDS) && unitCount > 0;
  }

  /** Waits until publishing has ended, as it does when the peer goes away. */
  public boolean awaitEnd(Duration atMost) throws InterruptedException {
    return ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** How many access units have been written. */
  public long unitCount() {
    return unitCount;
  }

  /** Why publishing ended, if not by {@link #close()}. */
  public Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      deadline.moveTo(CLOSE_GRACE);
    }
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    deadline.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean rtsp = url.startsWith("rtsp://");
    Map<String, String> options =
        rtsp ? Map.of("rtsp_transport", "tcp") : Map.of("flvflags", "no_duration_filesize");
    try (ClipSource source = clip.get();
        ClipMuxer muxer =
            new ClipMuxer(source, url, rtsp ? "rtsp" : "flv", options, SHIFT_MICROS, deadline)) {
      publish(source, muxer);
    } catch (RuntimeException e) {
      if (!closing) {
        failure = e;
        LOG.warn("{} ended: {}", thread.getName(), e.toString());
      }
    } finally {
      onAir.countDown();
      ended.countDown();
    }
  }

  private void publish(ClipSource source, ClipMuxer muxer) {
    long startNanos = System.nanoTime();
    long firstMicros = Long.MIN_VALUE;
    while (!closing) {
      Optional<AccessUnit> next = source.next();
      if (next.isEmpty()) {
        return;
      }
      AccessUnit unit = next.get();
      if (firstMicros == Long.MIN_VALUE) {
        firstMicros = unit.dtsMicros();
      }
      waitUntil(startNanos + (unit.dtsMicros() - firstMicros) * 1_000);
      if (!armDeadline()) {
        return;
      }
      long writtenNanos = System.nanoTime();
      muxer.write(unit);
      unitCount = unitCount + 1;
      onAir.countDown();
      listener.written(unit, writtenNanos);
    }
  }

  /** Gives the next write its time, unless closing has already set the last deadline. */
  private synchronized boolean armDeadline() {
    if (!closing) {
      deadline.moveTo(WRITE_DEADLINE);
    }
    return !closing;
  }

  private void waitUntil(long dueNanos) {
    long leftNanos = dueNanos - System.nanoTime();
    while (leftNanos > 0 && !closing) {
      LockSupport.parkNanos(leftNanos);
      leftNanos = dueNanos - System.nanoTime();
    }
  }
}
