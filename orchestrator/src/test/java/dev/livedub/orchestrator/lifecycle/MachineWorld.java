package dev.livedub.orchestrator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.worker.ExitCode;
import dev.livedub.orchestrator.api.StreamState;
import dev.livedub.orchestrator.lifecycle.StreamEffect.BeginRun;
import dev.livedub.orchestrator.lifecycle.StreamEffect.EndRun;
import dev.livedub.orchestrator.lifecycle.StreamEffect.SetTimer;
import dev.livedub.orchestrator.lifecycle.StreamEffect.StartWorker;
import dev.livedub.orchestrator.lifecycle.StreamEffect.StopWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * A stream's machine in a world that goes wrong at random: publishers come and go, their hooks come
 * late, twice, out of order or never, workers start, crash and end when they like, the clock steps.
 * Whatever must hold is checked after every single event.
 */
final class MachineWorld implements Admission {

  private record Event(long atMillis, long order, Runnable action) {}

  private final Random random;
  private final boolean named;
  private final boolean asked;
  private final StreamMachine machine;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::atMillis).thenComparingLong(Event::order));
  private final Set<Integer> alive = new HashSet<>();
  private final Set<Integer> stopping = new HashSet<>();
  private final List<String> history = new ArrayList<>();

  private long nowMillis = 1_000_000;
  private long clockErrorMillis;
  private long orders;
  private int runs;
  private int sources;
  private int places;
  private boolean inRun;
  private boolean faulty = true;
  private Optional<String> publishing = Optional.empty();

  /**
   * @param named whether hooks name the publisher's session
   * @param asked whether MediaMTX is asked every 10 s
   */
  MachineWorld(long seed, boolean named, boolean asked) {
    this.random = new Random(seed);
    this.named = named;
    this.asked = asked;
    this.machine =
        new StreamMachine(
            LifecycleSettings.withGrace(Duration.ofSeconds(30)),
            this,
            () -> "run-" + ++runs,
            random);
    if (asked) {
      after(random.nextInt(10_000), this::ask);
    }
  }

  List<String> history() {
    return history;
  }

  StreamMachine machine() {
    return machine;
  }

  /** Lets a publisher and an operator do what they like for a while. */
  void turmoil(int steps) {
    for (int i = 0; i < steps; i++) {
      after(random.nextInt(600_000), this::somethingHappens);
    }
    runFor(600_000);
  }

  /**
   * From now on nothing fails or is lost. Hooks that are still under way come late, unless nothing
   * could tell them from the last word: they have no name, or MediaMTX is not asked.
   */
  void calm() {
    faulty = false;
    clockErrorMillis = Math.max(0, clockErrorMillis);
    if (!named || !asked) {
      runFor(60_000);
    }
  }

  /** A new publisher comes, and its hook arrives. */
  void publish() {
    appear();
    tell(new StreamInput.Ready(publisher()));
  }

  /** The publisher goes, and its hook arrives. */
  void unpublish() {
    String source = named ? publishing.orElse("") : "";
    publishing = Optional.empty();
    tell(new StreamInput.NotReady(source));
  }

  void operator(StreamInput word) {
    tell(word);
  }

  /** Lets time go by. */
  void runFor(long millis) {
    long untilMillis = nowMillis + millis;
    while (!events.isEmpty() && events.peek().atMillis() <= untilMillis) {
      Event next = events.remove();
      nowMillis = Math.max(nowMillis, next.atMillis());
      next.action().run();
    }
    nowMillis = untilMillis;
  }

  private void somethingHappens() {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> comeAndSay();
      case 3, 4, 5 -> goAndSay();
      case 6 -> tell(new StreamInput.Stop());
      case 7 -> tell(new StreamInput.Restart());
      case 8 -> crash();
      default -> clockErrorMillis += random.nextInt(40_000) - 20_000;
    }
  }

  private void comeAndSay() {
    if (publishing.isPresent()) {
      goAndSay();
    }
    appear();
    hook(new StreamInput.Ready(publisher()));
  }

  private void appear() {
    publishing = Optional.of("source-" + ++sources);
  }

  private void goAndSay() {
    String source = named ? publishing.orElse("source-" + random.nextInt(sources + 1)) : "";
    publishing = Optional.empty();
    hook(new StreamInput.NotReady(source));
  }

  private Publisher publisher() {
    return new Publisher(named ? publishing.orElse("") : "", "rtmpConn", "");
  }

  /** Delivers a hook: now or later, once or twice, or never. */
  private void hook(StreamInput input) {
    int fate = random.nextInt(10);
    if (fate == 0) {
      return;
    }
    after(random.nextInt(fate < 4 ? 20_000 : 50), () -> tell(input));
    if (fate > 7) {
      after(random.nextInt(20_000), () -> tell(input));
    }
  }

  private void ask() {
    long askedMillis = clock();
    Optional<Publisher> seen = publishing.map(source -> new Publisher(source, "rtmpConn", ""));
    long answerMillis = faulty ? random.nextInt(3_000) : 1;
    after(answerMillis, () -> tell(new StreamInput.Observed(seen, askedMillis)));
    after(10_000, this::ask);
  }

  private void crash() {
    if (!alive.isEmpty()) {
      exit(alive.iterator().next(), ExitCode.INTERNAL);
    }
  }

  private void tell(StreamInput input) {
    history.add(nowMillis + " " + machine.state() + " < " + input);
    StreamMachine.Decision decision = machine.on(input, clock());
    history.add(nowMillis + " " + machine.state() + " > " + decision);
    decision.effects().forEach(this::perform);
    check();
  }

  /** The machine's clock is monotonic by contract; what steps is what others think the time is. */
  private long clock() {
    return nowMillis + clockErrorMillis;
  }

  private void perform(StreamEffect effect) {
    if (effect instanceof StartWorker start) {
      assertThat(alive).as("workers when another one is started").isEmpty();
      alive.add(start.worker());
      live(start.worker());
    } else if (effect instanceof StopWorker stop) {
      assertThat(alive).contains(stop.worker());
      if (stopping.add(stop.worker())) {
        after(1 + random.nextInt(6_000), () -> exit(stop.worker(), ExitCode.CLEAN));
      }
    } else if (effect instanceof SetTimer set) {
      after(
          set.after().toMillis(), () -> tell(new StreamInput.TimedOut(set.timer(), set.setting())));
    } else if (effect instanceof BeginRun) {
      assertThat(inRun).as("in a run when another one begins").isFalse();
      inRun = true;
    } else if (effect instanceof EndRun) {
      assertThat(inRun).as("in a run when one ends").isTrue();
      assertThat(alive).as("workers when a run ends").isEmpty();
      inRun = false;
    }
  }

  private void live(int worker) {
    boolean fails = random.nextInt(4) == 0;
    after(
        1 + random.nextInt(4_000),
        () -> {
          if (fails && faulty) {
            ExitCode[] codes = ExitCode.values();
            exit(worker, codes[random.nextInt(codes.length)]);
          } else if (alive.contains(worker)) {
            tell(new StreamInput.OnAir(worker));
          }
        });
    if (random.nextInt(4) == 0) {
      after(random.nextInt(120_000), () -> dieIfFaulty(worker));
    }
  }

  private void dieIfFaulty(int worker) {
    if (faulty) {
      exit(worker, ExitCode.RETRIES_SPENT);
    }
  }

  private void exit(int worker, ExitCode code) {
    if (alive.remove(worker)) {
      stopping.remove(worker);
      tell(new StreamInput.Exited(worker, code, "it ended"));
    }
  }

  private void check() {
    StreamState state = machine.state();
    assertThat(alive.size()).as("workers").isLessThanOrEqualTo(1);
    assertThat(machine.hasWorker()).isEqualTo(!alive.isEmpty());
    boolean atRest = state == StreamState.IDLE || state == StreamState.DEGRADED;
    assertThat(places).as("places taken in %s", state).isEqualTo(atRest ? 0 : 1);
    assertThat(inRun).as("in a run in %s", state).isEqualTo(!atRest);
    assertThat(machine.runId().isEmpty()).isEqualTo(atRest);
    if (atRest) {
      assertThat(alive).as("workers in %s", state).isEmpty();
    }
    if (state == StreamState.RUNNING || state == StreamState.STOPPING) {
      assertThat(alive).as("workers in %s", state).hasSize(1);
    }
    boolean waits =
        state == StreamState.GRACE || (state == StreamState.STARTING && alive.isEmpty());
    if (waits) {
      assertThat(events).as("what a stream in %s waits for", state).isNotEmpty();
    }
  }

  private void after(long millis, Runnable action) {
    events.add(new Event(nowMillis + millis, orders++, action));
  }

  @Override
  public boolean tryEnter() {
    places++;
    return true;
  }

  @Override
  public void enter() {
    places++;
  }

  @Override
  public void leave() {
    places--;
  }
}
