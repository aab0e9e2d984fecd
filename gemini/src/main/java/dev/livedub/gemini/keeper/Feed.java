package dev.livedub.gemini.keeper;

import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.Translator.SendResult;
import dev.livedub.gemini.session.LiveSession;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * Sends one session its sound: source as it comes, silence where none comes, both in real time.
 *
 * <p>The service is an interpreter, not a file converter: its output runs in real time, so what is
 * sent faster may stay behind for ever. A backlog, from a replay or a stall of the input, is made
 * up for by leaving out the middle of pauses, and by sending a little faster for a little while.
 *
 * <p>Bounded: of more than {@link #QUEUE_CHUNKS} waiting, the oldest are dropped.
 *
 * <p><b>Threading:</b> one thread.
 */
final class Feed {

  /** How much faster than real time a backlog is sent. */
  static final double CATCH_UP = 1.5;

  /** How far what is sent may be ahead of real time: 1.5 s. */
  static final double MAX_LEAD_CHUNKS = 15;

  /** Most that waits: 15 s. */
  static final int QUEUE_CHUNKS = 150;

  /** A pause is left this long when a backlog is made up for: 300 ms. */
  static final int SHORTEST_PAUSE_CHUNKS = 3;

  /** Input may jitter by this much before silence stands in for it. */
  static final long STALL_NANOS = 500_000_000L;

  private static final long CHUNK_NANOS = SpeechChunk.MILLIS * 1_000_000L;
  private static final long MAX_SILENCE_BURST_NANOS = 3 * CHUNK_NANOS;
  private static final double BURST_CHUNKS = 4;
  private static final int BACKLOG_CHUNKS = 1;

  /** Told of what was sent. */
  interface Listener {

    /** 100 ms were sent. */
    void sent(boolean speech, double seconds);
  }

  private final LiveSession session;
  private final SentTrack track;
  private final Listener listener;
  private final Deque<SourceChunk> queue = new ArrayDeque<>();
  private double credit = BURST_CHUNKS;
  private double leadChunks;
  private long creditNanos;
  private long lastSentNanos;
  private boolean started;
  private boolean fromSource;
  private boolean standingIn;
  private int pauseSent;
  private long dropped;

  Feed(LiveSession session, SentTrack track, Listener listener) {
    this.session = session;
    this.track = track;
    this.listener = listener;
  }

  /** Begins with silence. */
  void start(long nowNanos) {
    started = true;
    creditNanos = nowNanos;
    lastSentNanos = nowNanos - CHUNK_NANOS;
  }

  /** From now on source sound is expected; silence only stands in for it. */
  void expectSource() {
    fromSource = true;
  }

  /** No more source sound will come; silence follows what is waiting. */
  void endSource() {
    fromSource = false;
  }

  /** Adds source sound and sends what may be sent. */
  void offer(SourceChunk chunk, long nowNanos) {
    if (queue.size() == QUEUE_CHUNKS) {
      queue.removeFirst();
      dropped++;
    }
    queue.addLast(chunk);
    flush(nowNanos);
  }

  /** Sends what is due, silence if nothing else. */
  void tick(long sourceEndMicros, long nowNanos) {
    if (!started) {
      return;
    }
    flush(nowNanos);
    if (!queue.isEmpty() || mayStillCome(nowNanos)) {
      return;
    }
    if (nowNanos - lastSentNanos > MAX_SILENCE_BURST_NANOS) {
      lastSentNanos = nowNanos - CHUNK_NANOS;
    }
    while (nowNanos - lastSentNanos >= CHUNK_NANOS) {
      lastSentNanos += CHUNK_NANOS;
      sendSilence(sourceEndMicros);
    }
  }

  /** Whether something waits. */
  boolean isBehind() {
    return !queue.isEmpty();
  }

  /** Chunks dropped since this was last asked, here or in the session's own queue. */
  long takeDropped() {
    long taken = dropped;
    dropped = 0;
    return taken;
  }

  private void flush(long nowNanos) {
    if (!started) {
      return;
    }
    letTimePass(nowNanos);
    while (!queue.isEmpty() && credit >= 1 && leadChunks + 1 <= MAX_LEAD_CHUNKS) {
      credit -= 1;
      send(queue.removeFirst(), nowNanos);
    }
    if (queue.size() > BACKLOG_CHUNKS) {
      shortenPauses();
    }
  }

  private void letTimePass(long nowNanos) {
    double passed = (double) (nowNanos - creditNanos) / CHUNK_NANOS;
    creditNanos = nowNanos;
    credit = Math.min(BURST_CHUNKS, credit + CATCH_UP * passed);
    leadChunks = Math.max(0, leadChunks - passed);
  }

  private void send(SourceChunk chunk, long nowNanos) {
    lastSentNanos = nowNanos;
    standingIn = false;
    pauseSent = chunk.speech() ? 0 : pauseSent + 1;
    deliver(whole(chunk.chunk()));
    track.source(chunk);
    listener.sent(chunk.speech(), chunk.millis() / 1_000.0);
  }

  /** The last chunk of a stream may be short; silence follows it, so the rest is silence. */
  private static SpeechChunk whole(SpeechChunk chunk) {
    return chunk.samples().length == SpeechChunk.SAMPLES
        ? chunk
        : new SpeechChunk(chunk.mediaMicros(), Arrays.copyOf(chunk.samples(), SpeechChunk.SAMPLES));
  }

  private void deliver(SpeechChunk chunk) {
    leadChunks += 1;
    if (session.send(chunk) == SendResult.OVERLOADED) {
      dropped++;
    }
  }

  /** Whether the source is expected to go on any moment; notes when it is not. */
  private boolean mayStillCome(long nowNanos) {
    if (fromSource && !standingIn && nowNanos - lastSentNanos < STALL_NANOS) {
      return true;
    }
    standingIn = true;
    return false;
  }

  private void sendSilence(long sourceEndMicros) {
    deliver(new SpeechChunk(sourceEndMicros, new short[SpeechChunk.SAMPLES]));
    track.silence(sourceEndMicros);
    pauseSent++;
    listener.sent(false, SpeechChunk.MILLIS / 1_000.0);
  }

  /** Leaves out of what waits the rest of each pause that is long enough already. */
  private void shortenPauses() {
    int pause = pauseSent;
    for (Iterator<SourceChunk> waiting = queue.iterator(); waiting.hasNext(); ) {
      if (waiting.next().speech()) {
        pause = 0;
      } else if (++pause > SHORTEST_PAUSE_CHUNKS && queue.size() > BACKLOG_CHUNKS) {
        waiting.remove();
      }
    }
  }
}
