package dev.livedub.gemini.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.TranslatorEvent;
import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.translate.TranslatorEvent.Usage;
import dev.livedub.gemini.session.LiveSession;
import dev.livedub.gemini.session.LiveSessionFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;

/**
 * A keeper, a scripted service and a speaker on a clock of their own: hours go by in milliseconds,
 * always the same way.
 */
final class Rehearsal implements LiveSessionFactory {

  /** Media time of the first chunk. */
  static final long START_MICROS = 3_600_000_000L;

  private static final long CHUNK_NANOS = 100_000_000L;

  final List<ScriptedSession> sessions = new ArrayList<>();
  final List<TranslatorEvent> events = new ArrayList<>();
  final List<Long> eventNanos = new ArrayList<>();
  final List<SessionChange> changes = new ArrayList<>();
  final List<String> losses = new ArrayList<>();
  final List<Duration> roundTrips = new ArrayList<>();
  final List<Duration> suspensions = new ArrayList<>();
  final SessionKeeper keeper;
  long overloaded;

  /** Whether the speaker speaks in a chunk: phrases of 2.5 s, pauses of 0.7 s. */
  IntPredicate speaks = chunk -> chunk % 32 < 25;

  IntFunction<SpeechChunk> source =
      chunk ->
          speaks.test(chunk)
              ? Marked.speech(chunk, mediaMicros(chunk))
              : Marked.quiet(chunk, mediaMicros(chunk));

  /** Told of each session before it is opened. */
  Consumer<ScriptedSession> script = session -> {};

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<Integer> said = new ArrayList<>();
  private IntSupplier breaker = () -> -1;
  private long nowNanos = 7_000_000_000L;
  private int chunk;

  Rehearsal(KeeperSettings settings) {
    keeper =
        new SessionKeeper(
            settings,
            this,
            () -> nowNanos,
            new Random(5),
            tasks::add,
            event -> {
              events.add(event);
              eventNanos.add(nowNanos);
              tellLag(event);
            },
            new Notes());
  }

  Rehearsal() {
    this(KeeperSettings.of("es"));
  }

  @Override
  public LiveSession create(Optional<String> resumeHandle) {
    ScriptedSession session = new ScriptedSession(resumeHandle, nowNanos);
    sessions.add(session);
    script.accept(session);
    return session;
  }

  Rehearsal start() {
    keeper.start();
    drain();
    return this;
  }

  /** Speaks for some time. */
  Rehearsal speak(double seconds) {
    return speak(seconds, now -> {});
  }

  /** Speaks for some time; the step is called before each chunk, with its number. */
  Rehearsal speak(double seconds, IntConsumer step) {
    for (int i = 0; i < Math.round(seconds * 10); i++) {
      step.accept(chunk);
      drain();
      say();
      pass();
    }
    return this;
  }

  /** The input is away for some time. */
  Rehearsal await(double seconds) {
    for (int i = 0; i < Math.round(seconds * 10); i++) {
      pass();
    }
    return this;
  }

  /** Speaks, and all of it arrives at once. */
  Rehearsal burst(int chunks) {
    for (int i = 0; i < chunks; i++) {
      say();
    }
    drain();
    return this;
  }

  /** Is quiet for some time. */
  Rehearsal quiet(double seconds) {
    IntPredicate before = speaks;
    speaks = any -> false;
    speak(seconds);
    speaks = before;
    return this;
  }

  /** Tells the keeper how late an utterance came, as whoever lays it does. */
  private void tellLag(TranslatorEvent event) {
    if (event instanceof DubAudio audio && audio.place() != DubAudio.Place.GOES_ON) {
      Marked.numbersIn(audio.samples()).stream()
          .findFirst()
          .map(number -> Duration.ofMillis(100L * (chunk - number)))
          .ifPresent(took -> tasks.add(() -> keeper().lagged(took)));
    }
  }

  private SessionKeeper keeper() {
    return keeper;
  }

  private void say() {
    if (speaks.test(chunk)) {
      said.add(chunk);
    }
    keeper.offer(source.apply(chunk++));
  }

  private void pass() {
    drain();
    nowNanos += CHUNK_NANOS;
    for (ScriptedSession session : List.copyOf(sessions)) {
      session.step(nowNanos);
      drain();
    }
    keeper.tick();
    drain();
  }

  private void drain() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** Number of the next chunk. */
  int chunk() {
    return chunk;
  }

  long nowNanos() {
    return nowNanos;
  }

  double seconds() {
    return (nowNanos - 7_000_000_000L) / 1e9;
  }

  static long mediaMicros(int chunk) {
    return START_MICROS + chunk * 100_000L;
  }

  ScriptedSession session(int index) {
    return sessions.get(index);
  }

  ScriptedSession lastSession() {
    return sessions.get(sessions.size() - 1);
  }

  int breaker() {
    return breaker.getAsInt();
  }

  <T extends TranslatorEvent> List<T> all(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  Health health() {
    List<Health> said = all(Health.class);
    return said.get(said.size() - 1);
  }

  List<Health.State> healthStates() {
    return all(Health.class).stream().map(Health::state).toList();
  }

  double costUsd() {
    return all(Usage.class).stream().mapToDouble(Usage::costUsd).sum();
  }

  /** Numbers of the chunks whose translation was emitted, in the order of emission. */
  List<Integer> translated() {
    return all(DubAudio.class).stream()
        .flatMap(audio -> Marked.numbersIn(audio.samples()).stream())
        .toList();
  }

  /** Numbers of the chunks in which the speaker has spoken. */
  List<Integer> spoken(int from, int to) {
    return said.stream().filter(number -> number >= from && number < to).toList();
  }

  /** All that was said was translated once and in order, up to the last seconds still under way. */
  void assertAllTranslatedOnce() {
    List<Integer> heard = translated();
    List<Integer> missing = new ArrayList<>(said);
    missing.removeAll(new HashSet<>(heard));
    assertThat(missing).as("not translated").isEmpty();
    assertThat(heard).hasSameSizeAs(said).isSorted();
  }

  void assertClientWithoutFault() {
    for (ScriptedSession session : sessions) {
      assertThat(session.clientFaults).isEmpty();
    }
  }

  /** Media times of utterances never go back, and lie within the source. */
  void assertPlacedInOrder() {
    List<Long> places =
        all(DubAudio.class).stream()
            .filter(audio -> audio.sourceMicros().isPresent())
            .map(audio -> audio.sourceMicros().getAsLong())
            .toList();
    assertThat(places)
        .isNotEmpty()
        .isSorted()
        .allSatisfy(micros -> assertThat(micros).isBetween(START_MICROS, mediaMicros(chunk)));
  }

  private final class Notes implements KeeperReport {
    @Override
    public void breaker(IntSupplier gauge) {
      breaker = gauge;
    }

    @Override
    public void changed(SessionChange change) {
      changes.add(change);
    }

    @Override
    public void lost(String reason) {
      losses.add(reason);
    }

    @Override
    public void answered(Duration roundTrip) {
      roundTrips.add(roundTrip);
    }

    @Override
    public void suspended(Duration lasted) {
      suspensions.add(lasted);
    }

    @Override
    public void overloaded(long chunks) {
      overloaded += chunks;
    }

    @Override
    public void tick() {}
  }
}
