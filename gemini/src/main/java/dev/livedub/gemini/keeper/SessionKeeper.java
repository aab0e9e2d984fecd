package dev.livedub.gemini.keeper;

import dev.livedub.core.time.Ticker;
import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.TranslatorEvent;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.translate.TranslatorEvent.Transcript;
import dev.livedub.core.translate.TranslatorEvent.Usage;
import dev.livedub.gemini.guard.LanguageTest;
import dev.livedub.gemini.money.BudgetGate;
import dev.livedub.gemini.money.Suspension;
import dev.livedub.gemini.policy.RetryPolicy;
import dev.livedub.gemini.session.LiveSessionFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one stream's translation going for hours over sessions that live for minutes, and lets it
 * rest when there is nothing to translate, no money, or nobody who wants it.
 *
 * <p>A state machine without threads or waiting of its own: everything happens in calls, and time
 * goes by only as the ticker says, so hours can be rehearsed in milliseconds.
 *
 * <p>Call order: {@link #start}; then {@link #offer}, {@link #setMuted}, and {@link #tick} ten
 * times a second; {@link #finish}; {@link #close}.
 *
 * <p><b>Threading:</b> one thread, the executor's, by which sessions' events are brought here.
 * <b>Ownership:</b> closes its sessions; the factory stays the caller's.
 */
public final class SessionKeeper implements AutoCloseable {

  /** How long before it is noticed the speech began that wakes a suspended stream. */
  private static final long WAKE_MICROS = 500_000;

  private static final long SETTLE_NANOS = 1_000_000_000L;

  private final KeeperSettings settings;
  private final Ticker ticker;
  private final Consumer<TranslatorEvent> out;
  private final KeeperReport report;
  private final SourceLine source = new SourceLine();
  private final UtteranceEmitter emitter;
  private final RetryPolicy policy;
  private final BudgetGate budget;
  private final Suspension suspension;
  private final LanguageTest language;
  private final TargetSpeech targetSpeech = new TargetSpeech();
  private final Succession sessions;

  private @Nullable Health said;
  private Duration suspendedBefore = Duration.ZERO;
  private boolean muted;
  private boolean idle;
  private boolean finishing;
  private boolean closed;
  private boolean unavailable;
  private long mutedNanos;
  private long lastChunkNanos;
  private long settledNanos;

  /**
   * @param random makes pauses and rotations of many streams differ
   * @param loop runs tasks on the one thread that makes all calls
   * @param out takes the events, in order
   */
  public SessionKeeper(
      KeeperSettings settings,
      LiveSessionFactory factory,
      Ticker ticker,
      RandomGenerator random,
      Executor loop,
      Consumer<TranslatorEvent> out,
      KeeperReport report) {
    this.settings = settings;
    this.ticker = ticker;
    this.out = out;
    this.report = report;
    this.emitter = new UtteranceEmitter(out::accept);
    this.policy = new RetryPolicy(ticker, settings.retry(), random);
    this.budget =
        new BudgetGate(ticker, settings.money().budgetUsdPerHour(), settings.money().budgetUsd());
    this.suspension = new Suspension(settings.money().suspendAfter(), ticker.nanos());
    this.language = new LanguageTest(settings.targetLanguage());
    this.lastChunkNanos = ticker.nanos();
    this.settledNanos = lastChunkNanos;
    this.sessions =
        new Succession(
            settings,
            factory,
            ticker,
            random,
            loop,
            report,
            source,
            new Relay(this::emit, out::accept),
            policy,
            new SessionHost());
    report.breaker(policy::breakerGauge);
  }

  /** Begins to connect. */
  public void start() {
    lastChunkNanos = ticker.nanos();
    sessions.openIfNeeded();
    sayHealth();
  }

  /** Takes the next 100 ms of source. */
  public void offer(SpeechChunk chunk) {
    if (finishing || closed) {
      return;
    }
    long now = ticker.nanos();
    SourceChunk heard = source.add(chunk);
    lastChunkNanos = now;
    wakeIfNeeded(heard, now);
    sessions.hear(heard);
  }

  /** Lets time go by. */
  public void tick() {
    if (closed) {
      return;
    }
    long now = ticker.nanos();
    rest(now);
    if (targetSpeech.isDoubtful(now)) {
      sessions.wantHandOver(RotationCause.SILENT, "a second opinion on the language");
    }
    sessions.tick(now - lastChunkNanos >= Feed.STALL_NANOS);
    settle(now);
    sayHealth();
    report.tick();
  }

  /** Mutes, or unmutes; sessions are kept for a while. */
  public void setMuted(boolean nowMuted) {
    if (muted == nowMuted || closed) {
      return;
    }
    muted = nowMuted;
    mutedNanos = ticker.nanos();
    sessions.pauseSource();
    resumeAtEnd();
    sessions.openIfNeeded();
    sayHealth();
  }

  /** Takes note of how late an answer came, as found by what it answers. */
  public void lagged(Duration took) {
    if (!closed) {
      sessions.lagged(took.toNanos());
    }
  }

  /** Says that no more source will come; the last words are waited for. */
  public void finish() {
    if (!finishing && !closed) {
      finishing = true;
      sessions.finish();
    }
  }

  /** Whether all is said after {@link #finish}. */
  public boolean isFinished() {
    return finishing && sessions.isEmpty();
  }

  /** Whether speech offered now will not be translated; the last {@code Health} says why. */
  public boolean isUnavailable() {
    return unavailable;
  }

  /** Ends at once. Idempotent. */
  @Override
  public void close() {
    if (!closed) {
      sessions.closeAll("closed");
      closed = true;
    }
  }

  private void emit(Voice voice) {
    if (!muted && !source.isEmpty()) {
      emitter.emit(voice, source.endMicros());
    }
  }

  private boolean isWanted() {
    boolean mutedForLong = muted && ticker.nanos() - mutedNanos >= settings.mutedWarm().toNanos();
    return !closed
        && !suspension.isSuspended()
        && !idle
        && !mutedForLong
        && budget.shut().isEmpty();
  }

  /** Closes sessions that are not wanted now. */
  private void rest(long now) {
    if (finishing) {
      return;
    }
    idle |= !source.isEmpty() && now - lastChunkNanos >= settings.idleAfter().toNanos();
    if (sessions.isAtRest() && suspension.begins(now)) {
      suspendedBefore = suspension.total(now);
    }
    if (!isWanted()) {
      if (!sessions.isEmpty()) {
        sessions.closeAll(condition().reason());
      }
      resumeAtEnd();
    }
  }

  private void resumeAtEnd() {
    if (!source.isEmpty()) {
      sessions.resumeAt(source.endMicros());
    }
  }

  private void wakeIfNeeded(SourceChunk heard, long now) {
    boolean wakes = suspension.heard(heard.speech(), now);
    if (wakes) {
      long preRollMicros = settings.money().preRoll().toNanos() / 1_000;
      sessions.resumeAt(heard.endMicros() - WAKE_MICROS - preRollMicros);
      report.suspended(suspension.total(now).minus(suspendedBefore));
    } else if (idle) {
      sessions.resumeAt(heard.startMicros());
    }
    if (wakes || idle) {
      idle = false;
      sessions.openIfNeeded();
    }
  }

  private void settle(long now) {
    if (now - settledNanos >= SETTLE_NANOS) {
      settledNanos = now;
      sessions.forEach(
          link -> {
            link.takeUsage(false).ifPresent(this::spend);
            report.overloaded(link.takeDropped());
          });
    }
  }

  private void spend(Usage usage) {
    budget.spend(usage.costUsd());
    out.accept(usage);
  }

  private Health condition() {
    if (muted) {
      return new Health(Health.State.FAILING, Health.Cause.MUTED, "muted");
    }
    Optional<String> spent = budget.shut();
    if (spent.isPresent()) {
      boolean forGood = budget.isSpentForGood();
      Health.State state = forGood ? Health.State.FAILED : Health.State.FAILING;
      return new Health(state, Health.Cause.BUDGET, spent.get());
    }
    if (suspension.isSuspended() || idle) {
      String why = idle ? "no input" : "nobody speaks";
      return new Health(Health.State.READY, "suspended: " + why);
    }
    if (sessions.isLive()) {
      return new Health(Health.State.READY, "translating");
    }
    return policy
        .block()
        .or(sessions::trouble)
        .orElseGet(() -> new Health(Health.State.CONNECTING, "connecting"));
  }

  private void sayHealth() {
    if (finishing && !sessions.hasCurrent()) {
      return;
    }
    Health now = condition();
    boolean blocked = policy.block().isPresent() && !sessions.hasCurrent();
    unavailable = now.isImpaired() && (blocked || now.cause() != Health.Cause.ERROR);
    if (!now.equals(said) && !closed) {
      said = now;
      out.accept(now);
    }
  }

  /** What the sessions need from here. */
  private final class SessionHost implements Succession.Host {

    @Override
    public boolean wantsSession() {
      return isWanted();
    }

    @Override
    public boolean feedsSource() {
      return !muted;
    }

    @Override
    public void spent(Usage usage) {
      spend(usage);
    }

    @Override
    public void sourceText(Link link, Transcript text) {
      OptionalLong sent = link.sentToMicros();
      if (text.languageTag() == null || sent.isEmpty() || settings.echoTargetLanguage()) {
        return;
      }
      boolean target = language.isWanted(text.languageTag());
      if (target) {
        link.forgive();
      }
      targetSpeech
          .text(target, link.sourceStartMicros(), sent.getAsLong(), ticker.nanos())
          .ifPresent(out);
    }

    @Override
    public void changed() {
      sayHealth();
    }
  }
}
