package dev.livedub.gemini.session;

import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.Translator.SendResult;
import java.time.Duration;

/**
 * One connection to the live translation service, from its first byte to its last. It is never
 * reconnected: when it ends, another is made.
 *
 * <p>Call order: {@link #open} once, {@link #send} from then on, {@link #endAudio} at most once,
 * {@link #close} at any time, idempotent.
 *
 * <p><b>Threading:</b> any thread; none of the methods waits for the network, a lock held during
 * I/O or the listener.
 */
public interface LiveSession extends AutoCloseable {

  /**
   * Begins to connect. Whatever becomes of it reaches the listener, the last event being {@link
   * SessionEvent.Ended}, exactly once, always.
   *
   * @throws IllegalStateException if called twice
   */
  void open(SessionListener listener);

  /**
   * Offers the next piece of source sound. The chunk is the session's to keep. What is offered
   * before the session is ready waits in a bounded queue.
   *
   * @return {@code ACCEPTED}; {@code OVERLOADED} if the oldest waiting chunk was dropped for this
   *     one; {@code UNAVAILABLE} before {@link #open}; {@code CLOSED} after {@link #endAudio},
   *     {@link #close} or the session's end
   */
  SendResult send(SpeechChunk chunk);

  /** Says, after all that was sent before, that no more sound will come; output goes on. */
  void endAudio();

  /**
   * Output-timeline time up to which sound was handed to the connection, µs; that of {@code
   * SpeechChunk.endMicros()}. {@link Long#MIN_VALUE} while none was.
   */
  long sentMicros();

  /** How much accepted sound is not on the wire yet: waiting here or in the connection. */
  Duration backlog();

  /**
   * Ends: says goodbye to the service, waits for its answer in the background for a bounded time,
   * and frees everything. {@link SessionEvent.Ended} still comes; nothing else does.
   */
  @Override
  void close();
}
