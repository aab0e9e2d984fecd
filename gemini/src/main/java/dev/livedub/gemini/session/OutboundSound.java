package dev.livedub.gemini.session;

import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.Translator.SendResult;
import dev.livedub.gemini.protocol.AudioFrames;
import dev.livedub.gemini.transport.Connection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The way of source sound to the wire: a queue that drops its oldest, and one sender at a time.
 *
 * <p>Little is handed to the connection ahead of the wire, because what it has cannot be dropped
 * any more. Whoever offers a chunk sends what may be sent, since that only queues; if another
 * thread is sending, it takes the chunk along, and nobody waits.
 *
 * <p><b>Threading:</b> any thread; locks are held for a few instructions only.
 */
final class OutboundSound {

  /** Half a second of sound. */
  private static final long MAX_HANDED_BYTES = 5L * AudioFrames.sizeBytes(SpeechChunk.SAMPLES);

  private enum State {
    /** Nothing may be sent yet. */
    HELD,
    FLOWING,
    STOPPED
  }

  private final int maxChunks;
  private final Deque<SpeechChunk> waiting = new ArrayDeque<>();
  private final AudioFrames frames = new AudioFrames();
  private State state = State.HELD;
  private @Nullable Connection connection;
  private boolean sending;
  private boolean endAsked;
  private boolean endSent;
  private volatile long sentMicros = Long.MIN_VALUE;

  OutboundSound(Duration maxBacklog) {
    maxChunks = (int) Math.max(1, maxBacklog.toMillis() / SpeechChunk.MILLIS);
  }

  /** Takes a chunk, at the cost of the oldest if it must, and sends what may be sent. */
  SendResult offer(SpeechChunk chunk) {
    boolean dropped;
    synchronized (this) {
      if (state == State.STOPPED || endAsked) {
        return SendResult.CLOSED;
      }
      dropped = waiting.size() == maxChunks;
      if (dropped) {
        waiting.removeFirst();
      }
      waiting.addLast(chunk);
    }
    flush();
    return dropped ? SendResult.OVERLOADED : SendResult.ACCEPTED;
  }

  /** Lets sound flow. */
  void start(Connection ready) {
    synchronized (this) {
      if (state == State.HELD) {
        state = State.FLOWING;
        connection = ready;
      }
    }
    flush();
  }

  /** Takes nothing more; says so to the service after what waits. */
  void end() {
    synchronized (this) {
      endAsked = true;
    }
    flush();
  }

  /** Takes and sends nothing more. */
  synchronized void stop() {
    state = State.STOPPED;
    waiting.clear();
  }

  /**
   * Sends what the connection takes.
   *
   * @return whether something is left that may be sent later
   */
  boolean flush() {
    SpeechChunk chunk = next();
    while (chunk != null) {
      send(chunk);
      chunk = next();
    }
    return isLeft();
  }

  long sentMicros() {
    return sentMicros;
  }

  /** How long the sound is that waits here and in the connection. */
  synchronized Duration backlog() {
    long samples = 0;
    for (SpeechChunk chunk : waiting) {
      samples += chunk.samples().length;
    }
    if (state == State.FLOWING && connection != null) {
      samples +=
          connection.queuedBytes()
              * SpeechChunk.SAMPLES
              / AudioFrames.sizeBytes(SpeechChunk.SAMPLES);
    }
    return Duration.ofNanos(samples * 1_000_000_000L / SpeechChunk.SAMPLE_RATE_HZ);
  }

  private void send(SpeechChunk chunk) {
    Connection open = connection;
    if (open != null && open.send(frames.encode(chunk.samples()))) {
      sentMicros = chunk.endMicros();
    }
    synchronized (this) {
      sending = false;
    }
  }

  /** The next chunk to send, if one may be sent now and nobody else is sending. */
  private synchronized @Nullable SpeechChunk next() {
    Connection open = connection;
    if (state != State.FLOWING || sending || open == null) {
      return null;
    }
    if (waiting.isEmpty()) {
      if (endAsked && !endSent) {
        endSent = true;
        open.send(AudioFrames.END);
      }
      return null;
    }
    if (open.queuedBytes() >= MAX_HANDED_BYTES) {
      return null;
    }
    sending = true;
    return waiting.pollFirst();
  }

  private synchronized boolean isLeft() {
    return state == State.FLOWING && !waiting.isEmpty();
  }
}
