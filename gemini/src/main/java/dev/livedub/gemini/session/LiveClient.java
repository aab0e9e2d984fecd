package dev.livedub.gemini.session;

import dev.livedub.core.time.Ticker;
import dev.livedub.gemini.config.ServiceAccess;
import dev.livedub.gemini.config.SessionSettings;
import dev.livedub.gemini.protocol.SetupFrame;
import dev.livedub.gemini.transport.Connector;
import dev.livedub.gemini.transport.OkHttpConnector;
import dev.livedub.gemini.transport.TransportSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one client of a process: what all sessions share.
 *
 * <p><b>Threading:</b> any thread. A live session occupies one thread, its reader, and at times one
 * of OkHttp's, its writer; besides there is a timer. None is made per chunk.
 *
 * <p><b>Ownership:</b> closed after the sessions; those still open end then.
 */
public final class LiveClient implements AutoCloseable {

  private static final long IDLE_THREAD_SECONDS = 5;
  private static final long GOODBYE_MILLIS = 300;
  private static final Duration CLOSE_MARGIN = Duration.ofSeconds(1);

  private final ExecutorService readers;
  private final ScheduledThreadPoolExecutor timer;
  private final SessionResources resources;

  /** A client with the usual times. */
  public LiveClient() {
    this(TransportSettings.standard());
  }

  /** A client with other times. */
  public LiveClient(TransportSettings transport) {
    readers =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_THREAD_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            daemons("gemini-session-"));
    timer = timer();
    Connector connector = new OkHttpConnector(readers, timer, transport);
    resources =
        new SessionResources(
            connector, readers, timer, Ticker.SYSTEM, transport.closeTimeout().plus(CLOSE_MARGIN));
  }

  /** Sessions of one service and one kind. */
  public LiveSessionFactory sessions(ServiceAccess access, SessionSettings settings) {
    // Written here, not when a session opens: the first takes long, for the SDK has to be loaded.
    String fresh = SetupFrame.encode(access.modelPrefix(), settings, Optional.empty());
    return handle ->
        new WebSocketSession(
            resources,
            access,
            settings,
            handle,
            handle.isEmpty() ? fresh : SetupFrame.encode(access.modelPrefix(), settings, handle));
  }

  @Override
  public void close() {
    readers.shutdown();
    awaitGoodbyes();
    resources.connector().close();
    timer.shutdown();
  }

  /** Sessions that were just closed are given the time to say so to the service. */
  private void awaitGoodbyes() {
    try {
      readers.awaitTermination(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, daemons("gemini-timer-"), new ThreadPoolExecutor.DiscardPolicy());
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return timer;
  }

  private static ThreadFactory daemons(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
