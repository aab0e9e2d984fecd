package dev.livedub.core.translate;

import java.time.Duration;

/**
 * The port to whatever turns speech into translated speech: a continuous stream, not
 * request/response.
 *
 * <p>Call order: {@link #start} once, {@link #send} any number of times with ascending media times,
 * {@link #finish} at most once, {@link #close} at any time, idempotent. After {@code finish} or
 * {@code close}, {@code send} answers {@link SendResult#CLOSED}.
 *
 * <p><b>Threading:</b> the methods are called by one thread, the sender; {@code close} and {@code
 * lagged} by any. None of them ever blocks: no network, no disk, no lock held by a slow thread.
 * Events reach the listener on any thread, one at a time, also from inside {@code send}; none comes
 * after {@code close} has returned. A translator that fails says so by {@link
 * TranslatorEvent.Health} and keeps accepting calls; it never throws into the media path.
 */
public interface Translator extends AutoCloseable {

  /** What became of a chunk handed to {@link #send}. */
  enum SendResult {
    /** Queued or processed. */
    ACCEPTED,
    /** Not taken, or taken at the cost of an older chunk not yet sent: the queue is full. */
    OVERLOADED,
    /** The translator is not in a state to translate; its last {@code Health} says why. */
    UNAVAILABLE,
    /** {@link #finish} or {@link #close} was called before. */
    CLOSED
  }

  /**
   * Begins; events flow to {@code listener} from now on.
   *
   * @throws IllegalStateException if called twice
   */
  void start(TranslatorListener listener);

  /**
   * Offers the next 100 ms of source sound. Never blocks. The chunk is the translator's to keep.
   *
   * @param chunk 16 kHz mono; its media time is not earlier than the end of the chunk before
   */
  SendResult send(SpeechChunk chunk);

  /**
   * Says that nothing will be sent for a while because nobody wants to hear it, or that sound comes
   * again. A translator that costs money while it waits may rest meanwhile, and may drop what is
   * still under way. Idempotent.
   */
  default void setMuted(boolean muted) {}

  /**
   * Says how late a piece of voice came whose place the translator had only estimated: from when
   * its source was sent to when the voice came. May be called from inside an event.
   */
  default void lagged(Duration took) {}

  /**
   * Says that no more sound will come; what is still under way may yet arrive as events, and {@link
   * TranslatorEvent.Finished} says that there is no more.
   */
  void finish();

  /** Ends at once and frees everything. Idempotent. */
  @Override
  void close();
}
