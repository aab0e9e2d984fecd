package dev.livedub.media.ffmpeg;

import java.time.Duration;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;

/**
 * Bounds how long a blocking FFmpeg call may take, by way of FFmpeg's interrupt callback: a call
 * that is past its deadline, or whose owner was cancelled, comes back with an error in about 100
 * ms.
 *
 * <p><b>Threading:</b> set by the thread that makes the call; {@link #cancel} by any.
 */
final class Deadline implements AutoCloseable {

  private static final Opaque<Deadline> OWNERS = new Opaque<>();
  private static final AVIOInterruptCB.Callback_Pointer CALLBACK = new Callback();

  private static final class Callback extends AVIOInterruptCB.Callback_Pointer {
    @Override
    public int call(Pointer opaque) {
      Deadline deadline = OWNERS.owner(opaque);
      return deadline != null && deadline.hasPassed() ? 1 : 0;
    }
  }

  private final Pointer opaque = OWNERS.add(this);
  private volatile long dueNanos;
  private volatile boolean armed;
  private volatile boolean cancelled;

  /** Makes every blocking call on {@code context} obey this deadline. */
  void guard(AVFormatContext context) {
    context.interrupt_callback().callback(CALLBACK).opaque(opaque);
  }

  /** Gives the calls that follow this long in all. */
  void within(Duration duration) {
    dueNanos = System.nanoTime() + duration.toNanos();
    armed = true;
  }

  /** Lets calls take as long as they like, until cancelled. */
  void disarm() {
    armed = false;
  }

  /** Aborts the call under way and every later one. */
  void cancel() {
    cancelled = true;
  }

  /** Gives a cancelled or late call's owner this long to say good-bye to its peer. */
  void forGoodBye(Duration duration) {
    within(duration);
    cancelled = false;
  }

  /** The moment of {@code System.nanoTime()} that was set by {@link #within}. */
  long dueNanos() {
    return dueNanos;
  }

  boolean isCancelled() {
    return cancelled;
  }

  boolean hasPassed() {
    return cancelled || (armed && System.nanoTime() - dueNanos > 0);
  }

  @Override
  public void close() {
    OWNERS.remove(opaque);
  }
}
