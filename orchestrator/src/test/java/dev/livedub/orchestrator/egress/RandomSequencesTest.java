package dev.livedub.orchestrator.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.core.worker.WorkerTask;
import dev.livedub.orchestrator.api.EgressView;
import dev.livedub.orchestrator.api.EgressView.State;
import dev.livedub.orchestrator.config.EgressTarget;
import dev.livedub.orchestrator.metrics.EgressMeters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens in whatever order: never two forwarders for one destination (the host fails on
 * that), and everything ends where the last word put it.
 */
class RandomSequencesTest {

  private static final int SEQUENCES = 2_000;
  private static final int STEPS = 120;
  private static final List<EgressTarget> TARGETS =
      List.of(
          new EgressTarget("one", "rtmp://one.example/app/KEY1"),
          new EgressTarget("two", "rtmp://two.example/app/KEY2"));
  private static final List<ExitCode> EXITS =
      List.of(
          ExitCode.CLEAN,
          ExitCode.INPUT_NOT_READY,
          ExitCode.INPUT_CODEC_REFUSED,
          ExitCode.DESTINATION_REFUSED,
          ExitCode.RETRIES_SPENT,
          ExitCode.INTERNAL);

  /** What the test knows of a stream by what it said itself. */
  private static final class Told {
    @Nullable String runId;
    String lastRunId = "";
    final Map<String, Boolean> on = new HashMap<>();
  }

  private final Map<State, Integer> ends = new EnumMap<>(State.class);

  @Test
  void anySequence_endsWhereTheLastWordPutIt() {
    for (long seed = 1; seed <= SEQUENCES; seed++) {
      try {
        new Sequence(seed).play();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    System.out.println("states at the end of " + SEQUENCES + " sequences: " + ends);
    // All ends were met, so that the checks have had something to check.
    assertThat(ends).containsKeys(State.OFF, State.FORWARDING, State.FAILED);
  }

  /** One of them. */
  private final class Sequence {

    private final Random random;
    private final FakeLoop loop = new FakeLoop();
    private final FakeHost host = new FakeHost();
    private final EgressSupervisor supervisor;
    private final Map<String, Told> told = new HashMap<>();
    private final boolean isGrim;
    private int runs;

    Sequence(long seed) {
      isGrim = seed % 3 == 0;
      random = new Random(seed);
      supervisor =
          new EgressSupervisor(
              host, (stream, name) -> EgressMeters.NONE, loop, loop, loop, new Random(seed));
      told.put("a", new Told());
      told.put("b", new Told());
    }

    void play() {
      if (random.nextBoolean()) {
        supervisor.adopt(host.left(WorkerTask.egress("a", "one"), "run-1"));
      }
      for (int i = 0; i < STEPS; i++) {
        step(random.nextBoolean() ? "a" : "b");
        if (random.nextInt(3) > 0) {
          loop.settle();
        }
      }
      calmDown();
      told.forEach(this::check);
    }

    private void step(String stream) {
      Told known = Objects.requireNonNull(told.get(stream));
      String name = TARGETS.get(random.nextInt(2)).name();
      // In every third sequence hardly anything happens but ends, so that patience runs out.
      switch (isGrim && random.nextInt(8) > 0
          ? 5 + random.nextInt(6) / 3 * 5
          : random.nextInt(12)) {
        case 0 -> begin(stream, known, known.lastRunId.isEmpty() ? newRun() : known.lastRunId);
        case 1 -> begin(stream, known, newRun());
        case 2 -> {
          supervisor.end(stream, "gone");
          known.runId = null;
        }
        case 3, 4 -> {
          boolean on = random.nextBoolean();
          if (supervisor.switchTo(stream, name, on) && known.runId != null) {
            known.on.put(name, on);
          }
        }
        case 5, 6, 7 -> anyWorker(worker -> worker.exits(EXITS.get(random.nextInt(EXITS.size()))));
        case 8 -> anyWorker(worker -> worker.forwards(random.nextInt(1_000)));
        case 9 -> anyWorker(worker -> worker.says(WorkerStatus.State.INPUT_LOST, true, 1));
        case 10 -> loop.pass(Duration.ofMillis(random.nextInt(2_000)));
        default -> loop.pass(Duration.ofSeconds(random.nextInt(60)));
      }
    }

    private void begin(String stream, Told known, String runId) {
      if (!runId.equals(known.lastRunId)) {
        TARGETS.forEach(target -> known.on.put(target.name(), true));
      }
      known.runId = runId;
      known.lastRunId = runId;
      supervisor.begin(stream, runId, "rtsp://h/live/" + stream + "/out", TARGETS);
    }

    private String newRun() {
      return "run-" + ++runs;
    }

    private void anyWorker(Consumer<FakeHost.FakeWorker> act) {
      List<FakeHost.FakeWorker> alive =
          host.started.stream().filter(worker -> !worker.ended).toList();
      if (!alive.isEmpty()) {
        act.accept(alive.get(random.nextInt(alive.size())));
      }
    }

    /** Workers that are told to end, end; the others forward. */
    private void calmDown() {
      for (int i = 0; i < 20; i++) {
        loop.pass(Duration.ofSeconds(30));
        for (FakeHost.FakeWorker worker : new ArrayList<>(host.started)) {
          if (worker.stopping) {
            worker.exits(ExitCode.CLEAN);
          } else if (!worker.ended) {
            worker.forwards(1);
          }
        }
      }
      loop.settle();
    }

    private void check(String stream, Told known) {
      for (EgressView view : supervisor.views(stream)) {
        List<FakeHost.FakeWorker> alive = host.alive(stream, view.name());
        boolean wanted = known.runId != null && known.on.getOrDefault(view.name(), true);
        ends.merge(view.state(), 1, Integer::sum);
        if (!wanted) {
          assertThat(view.state()).as(view.reason()).isEqualTo(State.OFF);
        } else {
          assertThat(view.state()).isIn(State.FORWARDING, State.FAILED);
        }
        assertThat(alive).hasSize(view.state() == State.FORWARDING ? 1 : 0);
        if (!alive.isEmpty()) {
          assertThat(alive.get(0).runId).isEqualTo(known.runId);
        }
      }
    }
  }
}
