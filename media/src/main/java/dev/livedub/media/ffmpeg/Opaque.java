package dev.livedub.media.ffmpeg;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * What FFmpeg hands back to a callback to say whom it is for: a number in the shape of a pointer.
 *
 * <p>JavaCPP has room for about ten native callbacks of a class in the whole process, and those
 * beyond are silently dead. So there is one for each purpose, and it looks up its owner here.
 *
 * <p><b>Threading:</b> any thread.
 */
final class Opaque<T> {

  private final Map<Long, T> byNumber = new ConcurrentHashMap<>();
  private final AtomicLong nextNumber = new AtomicLong(1);

  /** Never dereferenced. */
  private static final class Handle extends Pointer {
    Handle(long number) {
      super((Pointer) null);
      address = number;
    }
  }

  /** Takes in an owner, until {@link #remove}. */
  Pointer add(T owner) {
    long number = nextNumber.getAndIncrement();
    byNumber.put(number, owner);
    return new Handle(number);
  }

  /** Whose it is; null if it is nobody's any more. */
  @Nullable T owner(@Nullable Pointer opaque) {
    return opaque == null ? null : byNumber.get(opaque.address());
  }

  void remove(Pointer opaque) {
    byNumber.remove(opaque.address());
  }
}
