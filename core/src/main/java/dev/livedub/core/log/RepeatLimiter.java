package dev.livedub.core.log;

import dev.livedub.core.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a log readable when the same thing happens over and over: the first time is said at once,
 * repeats are counted and summed once per window.
 *
 * <pre>{@code
 * long times = limiter.offer("audio_late");
 * if (times > 0) {
 *   log.atWarn().addKeyValue("event", "audio_late").addKeyValue("count", times).log("…");
 * }
 * }</pre>
 *
 * Whoever owns the limiter also calls {@link #drain} now and then and at the end, so that repeats
 * that were counted are said even when no further one comes.
 *
 * <p>Bounded: at most {@value #MAX_KEYS} keys are told apart; further ones share {@link #OTHER}.
 *
 * <p><b>Threading:</b> any thread; holds its lock for a few instructions only.
 */
public final class RepeatLimiter {

  /** How many keys are told apart. */
  public static final int MAX_KEYS = 64;

  /** The key that is counted for all those beyond {@link #MAX_KEYS}. */
  public static final String OTHER = "other";

  /**
   * What was kept back under one key.
   *
   * @param count how often it happened since it was last said, at least 1
   */
  public record Repeats(String key, long count) {}

  private static final class Window {
    long endsNanos;
    long keptBack;

    Window(long endsNanos) {
      this.endsNanos = endsNanos;
    }
  }

  private final Ticker ticker;
  private final long windowNanos;
  private final Map<String, Window> windows = new LinkedHashMap<>();

  /** A limiter that speaks at most once a second under each key. */
  public RepeatLimiter(Ticker ticker) {
    this(ticker, Duration.ofSeconds(1));
  }

  /** A limiter that speaks at most once per window under each key. */
  public RepeatLimiter(Ticker ticker, Duration window) {
    if (window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException("window must be positive: " + window);
    }
    this.ticker = ticker;
    this.windowNanos = window.toNanos();
  }

  /**
   * Says that something happened.
   *
   * @return 0 if it was counted and is to be kept back; otherwise it is to be said now, and stands
   *     for this many times, this one included
   */
  public synchronized long offer(String key) {
    long nowNanos = ticker.nanos();
    Window window = windowOf(key, nowNanos);
    if (window == null) {
      return 1;
    }
    window.keptBack++;
    if (nowNanos - window.endsNanos < 0) {
      return 0;
    }
    long count = window.keptBack;
    window.keptBack = 0;
    window.endsNanos = nowNanos + windowNanos;
    return count;
  }

  /** What was kept back and is due, by key in the order of first appearance; forgets the quiet. */
  public synchronized List<Repeats> drain() {
    return take(ticker.nanos(), false);
  }

  /** All that was kept back, due or not; for the end. */
  public synchronized List<Repeats> drainAll() {
    return take(ticker.nanos(), true);
  }

  /** The open window of a key, or null after opening one. */
  private @Nullable Window windowOf(String key, long nowNanos) {
    Window window = windows.get(key);
    if (window != null) {
      return window;
    }
    if (windows.size() < MAX_KEYS || key.equals(OTHER)) {
      windows.put(key, new Window(nowNanos + windowNanos));
      return null;
    }
    return windowOf(OTHER, nowNanos);
  }

  private List<Repeats> take(long nowNanos, boolean all) {
    List<Repeats> due = new ArrayList<>();
    windows
        .entrySet()
        .removeIf(
            entry -> {
              Window window = entry.getValue();
              if (!all && nowNanos - window.endsNanos < 0) {
                return false;
              }
              if (window.keptBack == 0) {
                return true;
              }
              due.add(new Repeats(entry.getKey(), window.keptBack));
              window.keptBack = 0;
              window.endsNanos = nowNanos + windowNanos;
              return false;
            });
    return due;
  }
}
