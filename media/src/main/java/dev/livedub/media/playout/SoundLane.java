package dev.livedub.media.playout;

import dev.livedub.media.ffmpeg.MediaException;
import dev.livedub.media.ffmpeg.MediaPacket;
import java.util.function.Consumer;

/**
 * The sound's way out: what of it goes on air next, and when.
 *
 * <p><b>Threading:</b> the playout thread, except {@link #heldMillis}.
 */
public interface SoundLane extends AutoCloseable {

  /** Stands for "nothing to emit". */
  long NOTHING = Long.MAX_VALUE;

  /**
   * Output time of the next piece, if it may go on air now.
   *
   * @param ended whether the input has ended, so that nothing more will come
   * @param pictureMicros output time that the picture has reached, for input that is not live
   * @return µs, or {@link #NOTHING}
   */
  long readyMicros(long nowNanos, boolean ended, long pictureMicros);

  /** When {@link #readyMicros} should be asked again if nothing new arrives, {@code nanoTime}. */
  long nextLookNanos(long nowNanos);

  /** Puts the next piece on air. */
  void emit(Consumer<MediaPacket> output) throws MediaException;

  /** Puts on air what is left inside. */
  void finish(Consumer<MediaPacket> output) throws MediaException;

  /** Sound waiting, in milliseconds. */
  double heldMillis();

  @Override
  void close();
}
