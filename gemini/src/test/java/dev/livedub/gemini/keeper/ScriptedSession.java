package dev.livedub.gemini.keeper;

import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.Translator.SendResult;
import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import dev.livedub.gemini.session.LiveSession;
import dev.livedub.gemini.session.SessionEnd;
import dev.livedub.gemini.session.SessionEnd.Kind;
import dev.livedub.gemini.session.SessionEnd.Phase;
import dev.livedub.gemini.session.SessionEvent;
import dev.livedub.gemini.session.SessionListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A session that interprets as the service does: its clock is the sound it is sent, its output
 * never stops, and each 100 ms of speech come back as marked voice some time later. It fails as
 * told.
 */
final class ScriptedSession implements LiveSession {

  /** What output stands for a chunk of input; the number is −1 for silence. */
  static final IntFunction<short[]> HONEST =
      number -> number < 0 ? Marked.hush(1) : Marked.voice(number, 1);

  final Optional<String> resumedFrom;
  final long createdNanos;

  /** How long the set-up takes; never if negative. */
  long readyAfterMillis = 300;

  /** From a chunk of speech to its voice, in chunks. */
  int lagChunks = 33;

  IntFunction<short[]> voice = HONEST;
  boolean stalled;
  boolean tellsText = true;
  String sourceLanguage = "en";
  String targetLanguage = "es";
  boolean tellsUsage = true;
  boolean givesHandles = true;
  @Nullable SessionEnd refusal;

  final List<Integer> heard = new ArrayList<>();
  final List<Long> sentAtNanos = new ArrayList<>();
  final List<String> clientFaults = new ArrayList<>();
  int sent;
  boolean closed;
  boolean ended;
  boolean audioEnded;

  private final Deque<Integer> waiting = new ArrayDeque<>();
  private short[] output = new short[0];
  private @Nullable SessionListener listener;
  private boolean ready;
  private long nowNanos;
  private int words;

  ScriptedSession(Optional<String> resumedFrom, long nowNanos) {
    this.resumedFrom = resumedFrom;
    this.createdNanos = nowNanos;
    this.nowNanos = nowNanos;
  }

  @Override
  public void open(SessionListener newListener) {
    listener = newListener;
  }

  @Override
  public SendResult send(SpeechChunk chunk) {
    if (!ready) {
      clientFaults.add("sound before ready");
    }
    if (closed || ended || audioEnded) {
      clientFaults.add("sound after the end");
      return SendResult.CLOSED;
    }
    sent++;
    sentAtNanos.add(nowNanos);
    int number = Marked.numberOf(chunk.samples());
    if (number >= 0) {
      heard.add(number);
    }
    answer(number);
    return SendResult.ACCEPTED;
  }

  @Override
  public void endAudio() {
    audioEnded = true;
  }

  @Override
  public long sentMicros() {
    return Long.MIN_VALUE;
  }

  @Override
  public Duration backlog() {
    return Duration.ZERO;
  }

  @Override
  public void close() {
    closed = true;
    end(new SessionEnd(Kind.PLANNED, Phase.CLOSING, 1000, "closed", false));
  }

  /** Lets time go by: becomes ready, hands out what is due. */
  void step(long now) {
    nowNanos = now;
    if (ended) {
      return;
    }
    long age = (now - createdNanos) / 1_000_000;
    if (!ready && refusal != null && age >= readyAfterMillis) {
      end(refusal);
    } else if (!ready && readyAfterMillis >= 0 && age >= readyAfterMillis) {
      ready = true;
      say(new SessionEvent.Ready(Duration.ofMillis(age)));
    }
    while (!stalled && output.length >= 6_000) {
      say(new SessionEvent.Audio(Arrays.copyOf(output, 6_000)));
      output = Arrays.copyOfRange(output, 6_000, output.length);
    }
  }

  /** Says something out of the script. */
  void say(SessionEvent event) {
    SessionListener receiver = listener;
    if (receiver != null && !ended) {
      receiver.onEvent(event);
    }
  }

  /** The connection is gone, unannounced. */
  void drop() {
    end(new SessionEnd(Kind.RETRY, Phase.LIVE, 1006, "connection reset", true));
  }

  void end(SessionEnd how) {
    SessionListener receiver = listener;
    if (!ended && receiver != null) {
      ended = true;
      receiver.onEvent(new SessionEvent.Ended(how));
    }
  }

  boolean isReady() {
    return ready && !ended;
  }

  private void answer(int number) {
    if (stalled) {
      return;
    }
    waiting.addLast(number);
    int due = waiting.size() > lagChunks ? waiting.removeFirst() : -1;
    short[] piece = voice.apply(due);
    output = Arrays.copyOf(output, output.length + piece.length);
    System.arraycopy(piece, 0, output, output.length - piece.length, piece.length);
    if (sent % 10 == 0) {
      tell(number, due);
    }
  }

  private void tell(int number, int due) {
    if (tellsUsage) {
      say(new SessionEvent.Usage(25, 25));
    }
    if (givesHandles) {
      say(new SessionEvent.Handle("handle-" + createdNanos + "-" + sent, true));
    }
    if (tellsText && number >= 0) {
      say(new SessionEvent.Transcript(Side.SOURCE, " said" + words++, sourceLanguage));
    }
    if (tellsText && due >= 0) {
      say(new SessionEvent.Transcript(Side.TARGET, " dicho" + words++, targetLanguage));
    }
  }
}
