package dev.livedub.testkit.clip;

import java.time.Duration;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The moment at which FFmpeg's blocking calls give up, through the interrupt callback of a context.
 *
 * <p>All contexts share one callback, because JavaCPP has room for ten of a class only; each passes
 * its own native cell, which holds its deadline.
 *
 * <p><b>Threading</b>: any thread may move the deadline. <b>Ownership</b>: close it after the
 * contexts that use it.
 */
public final class IoDeadline implements AutoCloseable {
  private static final Callback CALLBACK = new Callback();

  private final LongPointer deadlineNanos = new LongPointer(1);

  /** A deadline at {@code after} from now. */
  public IoDeadline(Duration after) {
    moveTo(after);
  }

  /** Moves the deadline to {@code after} from now. */
  public synchronized void moveTo(Duration after) {
    if (!deadlineNanos.isNull()) {
      deadlineNanos.put(System.nanoTime() + after.toNanos());
    }
  }

  /** Makes a context obey the deadline. */
  public void guard(AVIOInterruptCB target) {
    target.callback(CALLBACK);
    target.opaque(deadlineNanos);
  }

  @Override
  public synchronized void close() {
    deadlineNanos.close();
    deadlineNanos.setNull();
  }

  private static final class Callback extends AVIOInterruptCB.Callback_Pointer {
    @Override
    public int call(Pointer cell) {
      return System.nanoTime() - new LongPointer(cell).get() > 0 ? 1 : 0;
    }
  }
}
