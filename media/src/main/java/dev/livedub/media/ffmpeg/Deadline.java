package dev.livedub.media.ffmpeg;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;

/**
 * Bounds how long a blocking FFmpeg call may take, by way of FFmpeg's interrupt callback: a call
 * that is past its deadline, or whose owner was cancelled, comes back with an error in about 100
 * ms.
 *
 * <p>JavaCPP has room for about ten native callbacks of a class in the whole process. So there is
 * one callback, and the opaque pointer that FFmpeg hands back to it carries the deadline's number.
 *
 * <p><b>Threading:</b> set by the thread that makes the call; {@link #cancel} by any.
 */
final class Deadline implements AutoCloseable {

  private static final Map<Long, Deadline> BY_NUMBER = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT_NUMBER = new AtomicLong(1);
  private static final AVIOInterruptCB.Callback_Pointer CALLBACK = new Callback();

  private static final class Callback extends AVIOInterruptCB.Callback_Pointer {
    @Override
    public int call(Pointer opaque) {
      Deadline deadline = opaque == null ? null : BY_NUMBER.get(opaque.address());
      return deadline != null && deadline.hasPassed() ? 1 : 0;
    }
  }

  /** A number in the shape of a pointer; never dereferenced. */
  private static final class Number extends Pointer {
    Number(long number) {
      super((Pointer) null);
      address = number;
    }
  }

  private final long number = NEXT_NUMBER.getAndIncrement();
  private volatile long dueNanos;
  private volatile boolean armed;
  private volatile boolean cancelled;

  Deadline() {
    BY_NUMBER.put(number, this);
  }

  /** Makes every blocking call on {@code context} obey this deadline. */
  void guard(AVFormatContext context) {
    context.interrupt_callback().callback(CALLBACK).opaque(new Number(number));
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

  boolean hasPassed() {
    return cancelled || (armed && System.nanoTime() - dueNanos > 0);
  }

  @Override
  public void close() {
    BY_NUMBER.remove(number);
  }
}
