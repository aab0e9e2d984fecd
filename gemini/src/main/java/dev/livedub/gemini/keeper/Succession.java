package dev.livedub.gemini.keeper;

import dev.livedub.core.time.Ticker;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.translate.TranslatorEvent.Transcript;
import dev.livedub.core.translate.TranslatorEvent.Usage;
import dev.livedub.gemini.policy.RetryPolicy;
import dev.livedub.gemini.session.LiveSessionFactory;
import dev.livedub.gemini.session.SessionEnd;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One session after the other: opens them, hands over from one to the next, replaces those that are
 * lost or no good.
 *
 * <p>At most three exist: the current one, which hears the source; the next one, warmed on silence;
 * the old one, saying its last words.
 *
 * <p><b>Threading:</b> the keeper's thread. <b>Ownership:</b> closes its sessions.
 */
final class Succession implements Link.Owner {

  /** How long the last words may take when the source has ended, beyond the lag. */
  private static final long LAST_WORDS_NANOS = 9_000_000_000L;

  /** What a succession needs to know and to tell. */
  interface Host {

    /** Whether there should be a session now. */
    boolean wantsSession();

    /** Whether source sound goes to the session. */
    boolean feedsSource();

    /** Tokens were counted. */
    void spent(Usage usage);

    /** A session that hears the source says what it hears. */
    void sourceText(Link link, Transcript text);

    /** Something changed that may change the health. */
    void changed();
  }

  private final KeeperSettings settings;
  private final LiveSessionFactory factory;
  private final Ticker ticker;
  private final RandomGenerator random;
  private final Executor loop;
  private final KeeperReport report;
  private final SourceLine source;
  private final Relay relay;
  private final RetryPolicy policy;
  private final HandOver handOver;
  private final LastWords old;
  private final AnswerLag lag = new AnswerLag();
  private final Judge judge = new Judge(lag);
  private final Host host;

  private @Nullable Link current;
  private @Nullable Link next;
  private @Nullable Departure lost;
  private @Nullable Health trouble;
  private Optional<String> resumeHandle = Optional.empty();
  private OptionalLong resumeMicros = OptionalLong.empty();
  private boolean finishing;
  private long finishedNanos;
  private long rotateNanos;
  private int opened;

  Succession(
      KeeperSettings settings,
      LiveSessionFactory factory,
      Ticker ticker,
      RandomGenerator random,
      Executor loop,
      KeeperReport report,
      SourceLine source,
      Relay relay,
      RetryPolicy policy,
      Host host) {
    this.settings = settings;
    this.factory = factory;
    this.ticker = ticker;
    this.random = random;
    this.loop = loop;
    this.report = report;
    this.source = source;
    this.relay = relay;
    this.policy = policy;
    this.host = host;
    this.handOver = new HandOver(settings.rotation());
    this.old = new LastWords(source, settings.rotation().drainAtMost(), lag);
  }

  /** Hands the newest source sound to the session whose it is. */
  void hear(SourceChunk chunk) {
    long now = ticker.nanos();
    Link warm = next;
    if (warm != null
        && warm.isLive()
        && handOver.cutsBefore(chunk, source.pauseChunks(), warm.liveNanos(), now)) {
      cutTo(warm, now);
    }
    if (current != null && current.isLive() && host.feedsSource()) {
      current.offer(chunk, now);
    }
  }

  /**
   * Lets time go by.
   *
   * @param sourceStalled whether no source has come for a while
   */
  void tick(boolean sourceStalled) {
    long now = ticker.nanos();
    long sourceEnd = source.isEmpty() ? 0 : source.endMicros();
    forEach(link -> link.tick(sourceEnd, now));
    watch(now);
    drain(now);
    rotate(sourceStalled, now);
    openIfNeeded();
  }

  /** Opens what is missing, if it may be tried. */
  void openIfNeeded() {
    if (finishing || !host.wantsSession()) {
      return;
    }
    if (current == null && policy.mayOpen()) {
      Optional<String> handle = resumeHandle;
      resumeHandle = Optional.empty();
      current = open(handle);
    } else if (current != null && current.isLive() && next == null && handOver.isWanted()) {
      next = policy.mayOpen() ? open(Optional.empty()) : null;
    }
  }

  /** What is sent again to the next session that comes up begins here. */
  void resumeAt(long micros) {
    resumeMicros = OptionalLong.of(micros);
  }

  /** It was found how late an answer came, by what it answers. */
  void lagged(long tookNanos) {
    lag.measured(tookNanos);
    if (lag.isUnusual()) {
      report.answered(Duration.ofNanos(tookNanos));
    }
  }

  /** Source sound ceases for a while; what was said and not answered is not waited for. */
  void pauseSource() {
    if (current != null) {
      current.endSource();
      current.forgive();
    }
  }

  /** Asks for a fresh session to take over without haste. */
  void wantHandOver(RotationCause cause, String reason) {
    Link aging = current;
    if (aging != null && aging.isLive() && !finishing) {
      handOver.want(cause, reason, ticker.nanos(), aging.endsNanos());
    }
  }

  /** No more source will come: the last words are waited for. */
  void finish() {
    finishing = true;
    finishedNanos = ticker.nanos();
    closeNext();
    if (current != null) {
      current.endSource();
      if (!current.isLive() && source.isEmpty()) {
        closeAll("nothing was said");
      }
    }
  }

  /** Closes every session; the one that follows is reported as following a rest. */
  void closeAll(String reason) {
    closeNext();
    finishOld(ticker.nanos());
    if (current != null) {
      policy.endedWell();
      long now = ticker.nanos();
      lost = current.isLive() ? Departure.unneeded(reason, now, now - current.liveNanos()) : null;
      retire(current);
      current = null;
    }
    trouble = null;
    resumeHandle = Optional.empty();
  }

  /** Does this to every session there is. */
  void forEach(Consumer<Link> action) {
    old.link().ifPresent(action);
    for (Link link : new Link[] {current, next}) {
      if (link != null) {
        action.accept(link);
      }
    }
  }

  boolean isEmpty() {
    return current == null && next == null && old.link().isEmpty();
  }

  /** Whether a session is live and hears the source. */
  boolean isLive() {
    return current != null && current.isLive();
  }

  boolean hasCurrent() {
    return current != null;
  }

  /** Whether all that was said has been answered. */
  boolean isAtRest() {
    return next == null
        && old.link().isEmpty()
        && (current == null || (current.isLive() && current.isDrained(ticker.nanos())));
  }

  /** What went wrong with the last session, until the one that follows is live. */
  Optional<Health> trouble() {
    return Optional.ofNullable(trouble);
  }

  private Link open(Optional<String> handle) {
    Link link =
        new Link(
            factory.create(handle),
            ++opened,
            handle.isPresent(),
            relay.join(),
            settings,
            lag,
            this,
            ticker.nanos());
    link.open(loop, ticker);
    return link;
  }

  /** The current session is live: from now on it hears the source, and first what was missed. */
  private void adopt(Link link) {
    long now = ticker.nanos();
    Departure before = lost;
    lost = null;
    trouble = null;
    planRotation(link);
    long holeMillis = 0;
    long repeatedMillis = 0;
    if (!source.isEmpty() && host.feedsSource()) {
      long from =
          Math.max(
              resumeMicros.orElse(source.startMicros()),
              source.endMicros() - settings.replayAtMost().toNanos() / 1_000);
      if (before != null) {
        holeMillis = source.speechMillisBefore(from) - before.speechMillis();
        repeatedMillis = source.speechMillis(from, before.answeredMicros().orElse(Long.MIN_VALUE));
      }
      source.since(from).forEach(chunk -> link.offer(chunk, now));
    }
    if (finishing) {
      link.endSource();
    }
    if (before != null) {
      boolean resumed = link.isResumed() && before.cause() == RotationCause.DROP;
      RotationCause cause = resumed ? RotationCause.RESUMED : before.cause();
      report.changed(before.change(cause, now - before.nanos(), holeMillis, repeatedMillis));
    }
  }

  private void planRotation(Link link) {
    double jitterNanos = settings.rotation().jitter().toNanos() * random.nextDouble();
    rotateNanos = link.liveNanos() + settings.rotation().after().toNanos() - (long) jitterNanos;
  }

  private void rotate(boolean sourceStalled, long now) {
    Link aging = current;
    if (aging == null || !aging.isLive() || finishing) {
      return;
    }
    if (now - rotateNanos >= 0 && !handOver.isWanted()) {
      wantHandOver(RotationCause.PLANNED, "came of age");
    }
    Link warm = next;
    if (warm != null && warm.isLive() && sourceStalled && handOver.mayCut(warm.liveNanos(), now)) {
      cutTo(warm, now);
    }
  }

  /** Speech goes to the next session from here on; the old one says its last words. */
  private void cutTo(Link warm, long now) {
    finishOld(now);
    Link going = current;
    if (going != null) {
      old.begin(going, Departure.of(handOver.cause(), handOver.reason(), going, source, now));
    }
    current = warm;
    next = null;
    handOver.reset();
    planRotation(warm);
  }

  private void drain(long now) {
    if (old.isOver(now)) {
      finishOld(now);
    }
    Link last = current;
    if (finishing && last != null) {
      boolean late = now - finishedNanos >= LAST_WORDS_NANOS + lag.nanos();
      if (late || (last.isLive() && last.isDrained(now))) {
        retire(last);
        current = null;
      }
    }
  }

  private void finishOld(long now) {
    Optional<Link> going = old.link();
    old.end(now).ifPresent(report::changed);
    going.ifPresent(this::retire);
  }

  /** The current session is gone or no good: the next one follows, or a new one when it may. */
  private void lose(Link gone, RotationCause cause, Health why) {
    long now = ticker.nanos();
    gone.unansweredFrom(source).ifPresent(this::resumeAt);
    if (lost == null && gone.isLive()) {
      lost = Departure.of(cause, why.reason(), gone, source, now);
    }
    retire(gone);
    report.lost(why.reason());
    trouble = why;
    current = null;
    handOver.reset();
    host.changed();
    current = next;
    next = null;
    if (current != null && current.isLive()) {
      adopt(current);
      host.changed();
    }
  }

  private void retire(Link link) {
    link.takeUsage(true).ifPresent(host::spent);
    report.overloaded(link.takeDropped());
    if (link.isLive()) {
      link.hangUp();
    } else {
      link.close();
    }
    relay.finish(link.lane());
  }

  private void closeNext() {
    if (next != null) {
      policy.endedWell();
      dropNext(next);
    }
    handOver.reset();
  }

  private void dropNext(Link link) {
    relay.discard(link.lane());
    retire(link);
    next = null;
  }

  /** Looks for what is wrong with the sockets open. */
  private void watch(long now) {
    if (next != null && (next.isOverdue(now) || next.fault().isPresent())) {
      policy.failed();
      report.lost("the next session does not come up");
      dropNext(next);
    }
    Link watched = current;
    if (watched != null) {
      judge.judge(watched, now).ifPresent(sentence -> execute(watched, sentence));
    }
  }

  private void execute(Link link, Judge.Sentence sentence) {
    if (sentence.certain()) {
      policy.failed();
    } else {
      policy.endedWell();
    }
    lose(link, sentence.cause(), sentence.why());
  }

  @Override
  public void live(Link link) {
    if (link == current) {
      adopt(link);
      host.changed();
    }
  }

  @Override
  public void voice(Link link, Voice voice) {
    relay.voice(link.lane(), voice);
  }

  @Override
  public void translated(Link link) {
    judge.translated();
    policy.translated();
  }

  @Override
  public void text(Link link, Transcript text) {
    if (text.side() == Transcript.Side.SOURCE && link == current) {
      judge.sourceTextSeen();
      host.sourceText(link, text);
    }
    relay.text(link.lane(), text);
  }

  @Override
  public void goAway(Link link) {
    if (link == current) {
      wantHandOver(RotationCause.GO_AWAY, "the service announced the end");
      openIfNeeded();
    } else if (link == next) {
      dropNext(link);
    }
  }

  @Override
  public void answered(Link link, Duration roundTrip) {
    report.answered(roundTrip);
  }

  @Override
  public void ended(Link link, SessionEnd end) {
    if (old.link().filter(link::equals).isPresent()) {
      finishOld(ticker.nanos());
    } else if (link == next) {
      policy.ended(end);
      report.lost(end.reason());
      dropNext(link);
    } else if (link == current) {
      currentEnded(link, end);
    }
    openIfNeeded();
    host.changed();
  }

  private void currentEnded(Link link, SessionEnd end) {
    // The service refuses a handle while it believes the old socket to be open.
    boolean resumeRefused =
        link.isResumed() && !link.isLive() && end.kind() == SessionEnd.Kind.RETRY;
    if (resumeRefused) {
      policy.endedWell();
    } else {
      policy.ended(end);
    }
    boolean resumable = end.resumable() && link.isLive();
    resumeHandle = resumable ? link.resumeHandle(ticker.nanos()) : Optional.empty();
    boolean planned = end.kind() == SessionEnd.Kind.PLANNED;
    lose(
        link,
        planned ? RotationCause.GO_AWAY : RotationCause.DROP,
        new Health(Health.State.FAILING, end.reason()));
  }
}
