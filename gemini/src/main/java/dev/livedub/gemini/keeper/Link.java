package dev.livedub.gemini.keeper;

import dev.livedub.core.time.Ticker;
import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import dev.livedub.core.translate.TranslatorEvent.Transcript;
import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import dev.livedub.core.translate.TranslatorEvent.Usage;
import dev.livedub.gemini.guard.OutputFault;
import dev.livedub.gemini.guard.OutputFrames;
import dev.livedub.gemini.guard.OutputGuard;
import dev.livedub.gemini.money.CostMeter;
import dev.livedub.gemini.session.LiveSession;
import dev.livedub.gemini.session.SessionEnd;
import dev.livedub.gemini.session.SessionEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One session as the keeper sees it: what it was sent, what it answered, how it does.
 *
 * <p><b>Threading:</b> the keeper's thread. <b>Ownership:</b> closes its session.
 */
final class Link {

  /** What the service leaves after goAway if it does not say: 50 s is what it always said. */
  static final Duration GO_AWAY_LEFT = Duration.ofSeconds(50);

  /** A set-up that takes longer than this will not come any more; the session's own is shorter. */
  static final Duration SET_UP_LIMIT = Duration.ofSeconds(15);

  private static final long CHUNK_NANOS = 100_000_000L;

  /** An answer that is this much later than answers are will not come any more. */
  private static final long AFTER_LAG_NANOS = 1_500_000_000L;

  /** Handles come all the time while sound flows; an old one belongs to another moment. */
  private static final long HANDLE_FRESH_NANOS = 120_000_000_000L;

  private static final long SLACK_MICROS = 500_000;
  private static final long NEAR_MICROS = 1_500_000;

  /** Pieces of output waiting for the keeper's thread, which only a stuck one makes: 100 s. */
  private static final int MAX_SOUND_WAITING = 400;

  /** Told what a session does; never after its {@link #close}. */
  interface Owner {

    void live(Link link);

    void voice(Link link, Voice voice);

    void text(Link link, Transcript text);

    void goAway(Link link);

    void translated(Link link);

    void answered(Link link, Duration roundTrip);

    void ended(Link link, SessionEnd end);
  }

  private final LiveSession session;
  private final Owner owner;
  private final Relay.Lane lane;
  private final int number;
  private final boolean resumed;
  private final long openedNanos;
  private final SentTrack track = new SentTrack();
  private final OutputPace pace = new OutputPace();
  private final OutputFrames frames = new OutputFrames();
  private final VoiceGate gate = new VoiceGate();
  private final OnsetAnswer answer = new OnsetAnswer();
  private final OutputGuard guard;
  private final CostMeter cost;
  private final Feed feed;
  private final KeeperSettings settings;
  private final AnswerLag lag;
  private final AtomicInteger soundWaiting = new AtomicInteger();
  private @Nullable OutputWatch watch;
  private SessionEvent.@Nullable Handle handle;
  private long handleNanos;

  private long nowNanos;
  private boolean live;
  private boolean closed;
  private boolean translated;
  private long liveNanos;
  private long endsNanos;
  private long lastSpeechNanos;
  private long lastVoiceNanos;
  private long sentAtLastVoice;
  private long lagChunks = SentTrack.LAG_CHUNKS;

  Link(
      LiveSession session,
      int number,
      boolean resumed,
      Relay.Lane lane,
      KeeperSettings settings,
      AnswerLag lag,
      Owner owner,
      long nowNanos) {
    this.session = session;
    this.number = number;
    this.resumed = resumed;
    this.lane = lane;
    this.settings = settings;
    this.lag = lag;
    this.owner = owner;
    this.openedNanos = nowNanos;
    this.nowNanos = nowNanos;
    this.lastSpeechNanos = nowNanos;
    this.lastVoiceNanos = nowNanos;
    this.guard = new OutputGuard(settings.targetLanguage());
    this.cost = new CostMeter(settings.money().prices());
    this.feed = new Feed(session, track, this::sent);
  }

  /** Begins to connect; events come by way of the executor. */
  void open(Executor loop, Ticker ticker) {
    session.open(
        event -> {
          boolean sound = event instanceof SessionEvent.Audio;
          if (sound && soundWaiting.incrementAndGet() > MAX_SOUND_WAITING) {
            soundWaiting.decrementAndGet();
            return;
          }
          loop.execute(
              () -> {
                if (sound) {
                  soundWaiting.decrementAndGet();
                }
                on(event, ticker.nanos());
              });
        });
  }

  private void on(SessionEvent event, long now) {
    nowNanos = now;
    if (closed) {
      return;
    }
    if (event instanceof SessionEvent.Audio audio) {
      audio(audio.samples24k());
    } else if (event instanceof SessionEvent.Transcript text) {
      text(text);
    } else if (event instanceof SessionEvent.Ready) {
      ready();
    } else if (event instanceof SessionEvent.Usage usage) {
      cost.reported(usage.inputTokens(), usage.outputTokens());
    } else if (event instanceof SessionEvent.Handle given) {
      handle = given.resumable() ? given : null;
      handleNanos = now;
    } else if (event instanceof SessionEvent.GoAway goAway) {
      long left = goAway.timeLeft().orElse(GO_AWAY_LEFT).toNanos();
      endsNanos = Math.min(endsNanos, now + left);
      owner.goAway(this);
    } else if (event instanceof SessionEvent.Ended ended) {
      owner.ended(this, ended.end());
    }
  }

  /** Sends what is due. */
  void tick(long sourceEndMicros, long now) {
    nowNanos = now;
    if (live && !closed) {
      feed.tick(sourceEndMicros, now);
    }
  }

  /** Offers source sound; the session has to be live. */
  void offer(SourceChunk chunk, long now) {
    nowNanos = now;
    feed.expectSource();
    feed.offer(chunk, now);
  }

  /** No more source sound will come; silence keeps it going. */
  void endSource() {
    feed.endSource();
  }

  /** Whether it has said all that it had to say about the source it heard. */
  boolean isDrained(long now) {
    return !feed.isBehind()
        && now - lastVoiceNanos >= 1_000_000_000L
        && now - lastSpeechNanos >= lag.nanos() + AFTER_LAG_NANOS;
  }

  /** Drops what was sent and not answered: nobody wants it any more. */
  void forgive() {
    if (watch != null) {
      watch.answered();
    }
  }

  /** What is wrong with its silence, if anything. */
  Optional<OutputWatch.Verdict> verdict(int patience, long now) {
    return watch == null || closed
        ? Optional.empty()
        : watch.check(patience, lag.nanos() + AFTER_LAG_NANOS, now);
  }

  /** Whether it has said that it hears the speech that it does not answer. */
  boolean hearsSpeech() {
    return watch != null && watch.hearsSpeech();
  }

  /** How long speech that it was sent has been without an answer. */
  long waitedNanos(long now) {
    return watch == null ? 0 : watch.waitedNanos(now);
  }

  /** What is wrong with its output, if anything. */
  Optional<OutputFault> fault() {
    return guard.fault();
  }

  /** Start of the source sound that it has probably not answered yet; empty if it heard none. */
  OptionalLong unansweredFrom(SourceLine source) {
    if (!track.hasSource()) {
      return OptionalLong.empty();
    }
    long heardMicros = answeredToMicros();
    if (!gate.isOpen()) {
      long onsetMicros = source.nextOnset(heardMicros - SLACK_MICROS);
      if (onsetMicros - heardMicros <= NEAR_MICROS) {
        return OptionalLong.of(onsetMicros);
      }
    }
    return OptionalLong.of(source.quietestNear(heardMicros, SLACK_MICROS));
  }

  /** End of the source sound that it has probably answered; meaningless if it heard none. */
  long answeredToMicros() {
    long chunks = lag.isUnusual() ? lag.nanos() / CHUNK_NANOS : lagChunks;
    return track.answeredMicros(translated ? sentAtLastVoice : 0, chunks);
  }

  /** End of the source sound that it was sent, if any. */
  OptionalLong sentToMicros() {
    return track.hasSource() ? OptionalLong.of(track.sourceEndMicros()) : OptionalLong.empty();
  }

  /** By what it can be taken up again after a loss, if it is fresh. */
  Optional<String> resumeHandle(long now) {
    return handle == null || now - handleNanos > HANDLE_FRESH_NANOS
        ? Optional.empty()
        : Optional.of(handle.handle());
  }

  Optional<Usage> takeUsage(boolean ended) {
    return cost.take(ended);
  }

  long takeDropped() {
    return feed.takeDropped();
  }

  boolean isLive() {
    return live && !closed;
  }

  boolean isResumed() {
    return resumed;
  }

  Relay.Lane lane() {
    return lane;
  }

  long liveNanos() {
    return liveNanos;
  }

  /** When the service will end it, as far as is known. */
  long endsNanos() {
    return endsNanos;
  }

  /** Whether it has been connecting for too long. */
  boolean isOverdue(long now) {
    return !live && now - openedNanos >= SET_UP_LIMIT.toNanos();
  }

  /** Ends it; nothing it says counts from now on. */
  void close() {
    if (!closed) {
      closed = true;
      session.close();
    }
  }

  /** Ends it politely, after all was said. */
  void hangUp() {
    if (!closed) {
      session.endAudio();
      close();
    }
  }

  private void ready() {
    live = true;
    liveNanos = nowNanos;
    endsNanos = nowNanos + settings.rotation().latest().toNanos() + HandOver.DRAIN_NANOS;
    watch = new OutputWatch(settings.silentAfter(), nowNanos);
    feed.start(nowNanos);
    owner.live(this);
  }

  private void sent(boolean speech, double seconds) {
    cost.sent(seconds);
    if (!speech) {
      return;
    }
    answer.sent(lastSpeechNanos, nowNanos);
    lastSpeechNanos = nowNanos;
    if (watch != null) {
      watch.speechSent(seconds, nowNanos);
    }
  }

  private void audio(short[] samples) {
    cost.received(samples.length / (double) DubAudio.SAMPLE_RATE_HZ);
    if (watch != null) {
      watch.bytes(isZero(samples), nowNanos);
    }
    pace.add(samples.length, track.sent());
    frames.add(samples, this::frame);
    gate.flush(this::voice);
  }

  private void frame(short[] frame, double levelDbfs) {
    guard.frame(frame, levelDbfs);
    boolean going = gate.isOpen();
    if (gate.add(frame, levelDbfs, this::voice)) {
      if (going) {
        answer.voiceGoesOn(nowNanos);
      }
      lastVoiceNanos = nowNanos;
      sentAtLastVoice = track.sent();
      if (watch != null) {
        watch.audible();
      }
    }
  }

  private void voice(short[] samples, boolean onset) {
    if (!track.hasSource() || guard.fault().isPresent()) {
      return;
    }
    if (onset) {
      measureAnswer();
    }
    if (!translated) {
      translated = true;
      learnLag();
      owner.translated(this);
    }
    long answeredMicros =
        track.answeredMicros(track.sent() - pace.lateChunks(), lagChunks)
            + pace.fromMiddleMicros(samples.length);
    owner.voice(
        this, new Voice(samples, onset, number, Math.max(sourceStartMicros(), answeredMicros)));
  }

  /**
   * The first voice answers the first speech. Where the service is known to lag far, and a fresh
   * session may do so or not, that tells; else what is usual tells better, as what was taken for
   * speech may have been none.
   */
  private void learnLag() {
    long took = track.sent() - track.firstSpeech().orElse(track.sent());
    if (lag.isUnusual() && took * CHUNK_NANOS > AnswerLag.UNUSUAL_NANOS) {
      lagChunks = Math.min(took, AnswerLag.LONGEST_NANOS / CHUNK_NANOS);
    }
  }

  private void measureAnswer() {
    if (lag.isUnusual()) {
      answer.forget();
      return;
    }
    OptionalLong took = answer.voiceBegins(nowNanos);
    if (took.isPresent()) {
      lag.measured(took.getAsLong());
      owner.answered(this, Duration.ofNanos(took.getAsLong()));
    }
  }

  private void text(SessionEvent.Transcript text) {
    guard.text(text.side(), text.text(), text.lang());
    if (watch != null) {
      if (text.side() == Side.SOURCE) {
        watch.sourceText();
      } else {
        watch.targetText(text.text(), nowNanos);
      }
    }
    owner.text(this, new Transcript(text.side(), text.text(), text.lang()));
  }

  private static boolean isZero(short[] samples) {
    for (short sample : samples) {
      if (sample != 0) {
        return false;
      }
    }
    return true;
  }

  /** Start of the source sound sent to it. */
  long sourceStartMicros() {
    return track.answeredMicros(0, lagChunks);
  }
}
