package dev.livedub.gemini;

import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.Translator.SendResult;
import dev.livedub.gemini.session.LiveSession;
import dev.livedub.gemini.session.LiveSessionFactory;
import dev.livedub.gemini.session.SessionEnd;
import dev.livedub.gemini.session.SessionEnd.Kind;
import dev.livedub.gemini.session.SessionEnd.Phase;
import dev.livedub.gemini.session.SessionEvent;
import dev.livedub.gemini.session.SessionListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sessions that say again what they hear, half a second of sound later, on the sender's thread. */
final class EchoService implements LiveSessionFactory {

  private static final int LAG_CHUNKS = 5;

  private volatile boolean stalled;

  void stall() {
    stalled = true;
  }

  @Override
  public LiveSession create(Optional<String> resumeHandle) {
    return new Echo();
  }

  private final class Echo implements LiveSession {
    private final Deque<short[]> waiting = new ArrayDeque<>();
    private @Nullable SessionListener listener;

    @Override
    public synchronized void open(SessionListener newListener) {
      listener = newListener;
      newListener.onEvent(new SessionEvent.Ready(Duration.ZERO));
    }

    @Override
    public synchronized SendResult send(SpeechChunk chunk) {
      SessionListener receiver = listener;
      if (receiver == null) {
        return SendResult.CLOSED;
      }
      waiting.addLast(chunk.samples());
      if (waiting.size() > LAG_CHUNKS && !stalled) {
        receiver.onEvent(new SessionEvent.Audio(stretched(waiting.removeFirst())));
      }
      return SendResult.ACCEPTED;
    }

    @Override
    public void endAudio() {}

    @Override
    public long sentMicros() {
      return Long.MIN_VALUE;
    }

    @Override
    public Duration backlog() {
      return Duration.ZERO;
    }

    @Override
    public synchronized void close() {
      SessionListener receiver = listener;
      listener = null;
      if (receiver != null) {
        SessionEnd end = new SessionEnd(Kind.PLANNED, Phase.CLOSING, 1000, "closed", false);
        receiver.onEvent(new SessionEvent.Ended(end));
      }
    }

    /** 16 kHz as 24 kHz: each second sample twice. */
    private static short[] stretched(short[] samples) {
      short[] out = new short[Math.max(1, samples.length * 3 / 2)];
      for (int i = 0; i < out.length; i++) {
        out[i] = samples.length == 0 ? 0 : samples[i * 2 / 3];
      }
      return out;
    }
  }
}
