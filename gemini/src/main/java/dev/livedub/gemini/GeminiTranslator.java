package dev.livedub.gemini;

import dev.livedub.core.time.Ticker;
import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.Translator;
import dev.livedub.core.translate.TranslatorEvent;
import dev.livedub.core.translate.TranslatorEvent.Finished;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.translate.TranslatorListener;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.gemini.keeper.KeeperSettings;
import dev.livedub.gemini.keeper.MeteredReport;
import dev.livedub.gemini.keeper.SessionKeeper;
import dev.livedub.gemini.session.LiveSessionFactory;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live translation by Gemini, for as long as the stream lasts.
 *
 * <p>This class is the border between threads; what is done is decided by the {@link
 * SessionKeeper}, which runs on one thread of this translator's own. One for each stream rather
 * than one for all: a listener that is slow, or a defect, then harms its own stream only.
 *
 * <p><b>Threading:</b> as {@link Translator}. Calls hand over to the translator's thread through a
 * bounded queue; events come on that thread. <b>Ownership:</b> closes its sessions; the factory and
 * the client behind it stay the caller's.
 */
public final class GeminiTranslator implements Translator {

  /** Chunks waiting for the translator's thread: 30 s, which only a stuck listener makes. */
  static final int INBOX_CHUNKS = 300;

  private static final Logger LOG = LoggerFactory.getLogger(GeminiTranslator.class);
  private static final long TICK_MILLIS = 100;

  private enum State {
    NEW,
    OPEN,
    FINISHED,
    CLOSED
  }

  private final ScheduledThreadPoolExecutor loop;
  private final SessionKeeper keeper;
  private final AtomicInteger inbox = new AtomicInteger();
  private final Object emission = new Object();
  private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
  private volatile boolean unavailable;
  private boolean broken;
  private boolean saidFinished;
  private @Nullable TranslatorListener listener;

  /**
   * A translator that was not started.
   *
   * @param streamName names its thread
   */
  public GeminiTranslator(
      KeeperSettings settings, LiveSessionFactory factory, String streamName, MeterSink meters) {
    loop = new ScheduledThreadPoolExecutor(1, task -> daemon(task, streamName));
    keeper =
        new SessionKeeper(
            settings,
            factory,
            Ticker.SYSTEM,
            new Random(),
            this::run,
            this::emit,
            new MeteredReport(meters, Ticker.SYSTEM));
  }

  @Override
  public void start(TranslatorListener newListener) {
    synchronized (emission) {
      if (listener != null) {
        throw new IllegalStateException("started twice");
      }
      listener = newListener;
    }
    if (!state.compareAndSet(State.NEW, State.OPEN)) {
      return;
    }
    run(keeper::start);
    loop.scheduleAtFixedRate(
        () -> guarded(this::tick), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public SendResult send(SpeechChunk chunk) {
    State now = state.get();
    if (now == State.NEW) {
      throw new IllegalStateException("not started");
    }
    if (now != State.OPEN) {
      return SendResult.CLOSED;
    }
    if (inbox.incrementAndGet() > INBOX_CHUNKS) {
      inbox.decrementAndGet();
      return SendResult.OVERLOADED;
    }
    run(
        () -> {
          inbox.decrementAndGet();
          keeper.offer(chunk);
        });
    return unavailable ? SendResult.UNAVAILABLE : SendResult.ACCEPTED;
  }

  @Override
  public void setMuted(boolean muted) {
    run(() -> keeper.setMuted(muted));
  }

  @Override
  public void lagged(Duration took) {
    run(() -> keeper.lagged(took));
  }

  @Override
  public void finish() {
    if (state.compareAndSet(State.OPEN, State.FINISHED)) {
      run(keeper::finish);
    }
  }

  @Override
  public void close() {
    if (state.getAndSet(State.CLOSED) != State.CLOSED) {
      run(keeper::close);
      loop.shutdown();
    }
    awaitEvent();
  }

  private void tick() {
    keeper.tick();
    unavailable = broken || keeper.isUnavailable();
    if (!saidFinished && keeper.isFinished()) {
      saidFinished = true;
      emit(new Finished());
    }
  }

  private void emit(TranslatorEvent event) {
    synchronized (emission) {
      TranslatorListener receiver = listener;
      if (receiver != null && state.get() != State.CLOSED) {
        receiver.onEvent(event);
      }
    }
  }

  /** None comes after the call; so the one that is being handed over is waited for. */
  private void awaitEvent() {
    synchronized (emission) {
      LOG.trace("closed");
    }
  }

  private void run(Runnable task) {
    try {
      loop.execute(() -> guarded(task));
    } catch (RejectedExecutionException e) {
      // Closed meanwhile: nothing is wanted any more.
      LOG.trace("task after the end", e);
    }
  }

  /** A defect must not end the loop silently: it ends translation, and says so. */
  private void guarded(Runnable task) {
    if (broken) {
      return;
    }
    try {
      task.run();
    } catch (RuntimeException e) {
      broken = true;
      unavailable = true;
      LOG.atError()
          .addKeyValue("event", "internal_error")
          .addKeyValue("component", "translator")
          .setCause(e)
          .log("translation ends by a defect");
      keeper.close();
      emit(new Health(Health.State.FAILED, "internal error: " + e.getClass().getSimpleName()));
    }
  }

  private static Thread daemon(Runnable task, String streamName) {
    Thread thread = new Thread(task, "dub-" + streamName + "-translate");
    thread.setDaemon(true);
    return thread;
  }
}
