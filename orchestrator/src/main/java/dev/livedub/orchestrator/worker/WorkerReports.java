package dev.livedub.orchestrator.worker;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.worker.Worker;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.orchestrator.worker.WorkerMessage.Exit;
import dev.livedub.orchestrator.worker.WorkerMessage.Meters;
import dev.livedub.orchestrator.worker.WorkerMessage.Said;
import dev.livedub.orchestrator.worker.WorkerMessage.Status;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the orchestrator how a worker does, and notices when there has been none for too long.
 *
 * <p>Bounded: {@value #MAX_CAPTIONS} captions wait at most; further ones are lost and counted.
 *
 * <p><b>Threading:</b> a thread of its own, {@code worker-reports}; {@link #say} any thread, {@link
 * #finish} the one that ran the worker.
 */
final class WorkerReports {

  static final int MAX_CAPTIONS = 1024;

  private static final Logger LOG = LoggerFactory.getLogger(WorkerReports.class);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final HostLink link;
  private final MeterBuffer meters;
  private final Duration orphanLimit;
  private final Runnable orphaned;
  private final BlockingQueue<Caption> captions = new ArrayBlockingQueue<>(MAX_CAPTIONS);
  private final Thread thread = new Thread(this::work, "worker-reports");
  private volatile @Nullable Worker worker;
  private volatile @Nullable WorkerExit exit;
  private long lostCaptions;
  private WorkerStatus.@Nullable State told;
  private long toldNanos;
  private boolean isOrphan;

  /**
   * Reports that have not begun.
   *
   * @param orphaned called once when there was no orchestrator for too long
   */
  WorkerReports(HostLink link, MeterBuffer meters, Duration orphanLimit, Runnable orphaned) {
    this.link = link;
    this.meters = meters;
    this.orphanLimit = orphanLimit;
    this.orphaned = orphaned;
    thread.setDaemon(true);
  }

  /** Begins to tell of a worker. */
  void start(Worker of) {
    worker = of;
    thread.start();
  }

  /** Tells a caption soon. Never blocks. */
  synchronized void say(Caption caption) {
    if (!captions.offer(caption)) {
      lostCaptions++;
    }
  }

  /** Tells the end, if anybody listens, and waits a moment for it to be heard. */
  void finish(WorkerExit how) {
    exit = how;
    LockSupport.unpark(thread);
    try {
      thread.join(LAST_WORDS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    Worker of = worker;
    while (of != null && exit == null) {
      reportQuietly(of);
      watchForOrphan();
      LockSupport.parkNanos(LOOK.toNanos());
    }
    WorkerExit how = exit;
    if (of != null && how != null && link.isWelcome()) {
      sendCaptions();
      sendMeters();
      link.send(new Status(of.status()));
      link.send(new Exit(how.code(), how.message()));
    }
  }

  /** A worker that cannot say how it does is still on air, and must not become an orphan. */
  private void reportQuietly(Worker of) {
    try {
      report(of.status());
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("event", "internal_error").setCause(e).log("a fault of livedub");
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
  }

  private void report(WorkerStatus status) {
    if (!link.isWelcome()) {
      told = null;
      return;
    }
    sendCaptions();
    long nowNanos = System.nanoTime();
    boolean due = nowNanos - toldNanos >= INTERVAL.toNanos();
    if (due || told != status.state()) {
      told = link.send(new Status(status)) ? status.state() : null;
    }
    if (due) {
      toldNanos = nowNanos;
      sendMeters();
    }
  }

  private void sendMeters() {
    Meters measured = meters.take();
    if (!measured.isEmpty() && !link.send(measured)) {
      meters.putBack(measured);
    }
    warnOfLoss(meters.takeLost(), "values of histograms");
  }

  private void sendCaptions() {
    for (Caption next = captions.peek(); next != null; next = captions.peek()) {
      if (!link.send(new Said(next))) {
        return;
      }
      captions.remove();
    }
    warnOfLoss(takeLostCaptions(), "captions");
  }

  private synchronized long takeLostCaptions() {
    long lost = lostCaptions;
    lostCaptions = 0;
    return lost;
  }

  private static void warnOfLoss(long count, String what) {
    if (count > 0) {
      HostEvent.REPORTS_LOST
          .on(LOG)
          .addKeyValue("count", count)
          .addKeyValue("what", what)
          .log("nobody listened for too long");
    }
  }

  private void watchForOrphan() {
    if (!isOrphan && link.alone().compareTo(orphanLimit) > 0) {
      isOrphan = true;
      HostEvent.ORPHANED
          .on(LOG)
          .addKeyValue("aloneSeconds", link.alone().toSeconds())
          .log("no orchestrator came; ending");
      orphaned.run();
    }
  }
}
