package dev.livedub.orchestrator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.worker.ExitCode;
import dev.livedub.orchestrator.api.StreamState;
import dev.livedub.orchestrator.lifecycle.StreamEffect.BeginRun;
import dev.livedub.orchestrator.lifecycle.StreamEffect.EndRun;
import dev.livedub.orchestrator.lifecycle.StreamEffect.GoneOnAir;
import dev.livedub.orchestrator.lifecycle.StreamEffect.SetTimer;
import dev.livedub.orchestrator.lifecycle.StreamEffect.StartWorker;
import dev.livedub.orchestrator.lifecycle.StreamEffect.StopWorker;
import dev.livedub.orchestrator.lifecycle.StreamEffect.Timer;
import dev.livedub.orchestrator.lifecycle.StreamInput.Drain;
import dev.livedub.orchestrator.lifecycle.StreamInput.Exited;
import dev.livedub.orchestrator.lifecycle.StreamInput.Found;
import dev.livedub.orchestrator.lifecycle.StreamInput.NotReady;
import dev.livedub.orchestrator.lifecycle.StreamInput.Observed;
import dev.livedub.orchestrator.lifecycle.StreamInput.OnAir;
import dev.livedub.orchestrator.lifecycle.StreamInput.Ready;
import dev.livedub.orchestrator.lifecycle.StreamInput.Restart;
import dev.livedub.orchestrator.lifecycle.StreamInput.Stop;
import dev.livedub.orchestrator.lifecycle.StreamInput.TimedOut;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamMachineTest {

  private static final Publisher ANNA = new Publisher("anna", "rtmpConn", "");
  private static final Publisher BERT = new Publisher("bert", "rtmpConn", "");

  private int runs;
  private int places;
  private long nowMillis = 10_000;
  private List<StreamEffect> effects = List.of();

  private final StreamMachine machine =
      new StreamMachine(
          LifecycleSettings.withGrace(Duration.ofSeconds(30)),
          new Admission() {
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
          },
          () -> "run-" + ++runs,
          new Random(1));

  @Test
  void ready_ofAnIdleStream_beginsARunWithAWorker() {
    assertThat(say(new Ready(ANNA))).isEqualTo(Outcome.STARTED);

    assertThat(machine.state()).isEqualTo(StreamState.STARTING);
    assertThat(effects).containsExactly(new BeginRun("run-1", ANNA), new StartWorker(1, "run-1"));
    say(new OnAir(1));
    assertThat(machine.state()).isEqualTo(StreamState.RUNNING);
    assertThat(effects).containsExactly(new GoneOnAir("run-1"));
  }

  @Test
  void ready_twice_changesNothing() {
    onAir();

    assertThat(say(new Ready(ANNA))).isEqualTo(Outcome.DUPLICATE);
    assertThat(effects).isEmpty();
  }

  @Test
  void notReady_thenReadyWithinGrace_keepsTheRun() {
    onAir();

    assertThat(say(new NotReady("anna"))).isEqualTo(Outcome.GRACE);
    assertThat(effects).containsExactly(new SetTimer(Timer.GRACE, 1, Duration.ofSeconds(30)));
    nowMillis += 5_000;
    assertThat(say(new Ready(BERT))).isEqualTo(Outcome.KEPT);
    assertThat(machine.state()).isEqualTo(StreamState.RUNNING);
    assertThat(machine.runId()).isEqualTo("run-1");
    assertThat(say(new TimedOut(Timer.GRACE, 1))).isEqualTo(Outcome.STALE);
    assertThat(machine.state()).isEqualTo(StreamState.RUNNING);
  }

  @Test
  void notReady_forAllOfGrace_endsTheRun() {
    onAir();
    say(new NotReady("anna"));

    say(new TimedOut(Timer.GRACE, 1));
    assertThat(machine.state()).isEqualTo(StreamState.STOPPING);
    assertThat(effects).containsExactly(new StopWorker(1, "the publisher did not come back"));
    say(new Exited(1, ExitCode.CLEAN, "stopped"));
    assertThat(machine.state()).isEqualTo(StreamState.IDLE);
    assertThat(effects).containsExactly(new EndRun("run-1", "the publisher did not come back"));
    assertThat(places).isZero();
  }

  @Test
  void notReady_ofAPublisherThatWasReplaced_isStale() {
    onAir();
    say(new Ready(BERT));

    assertThat(say(new NotReady("anna"))).isEqualTo(Outcome.STALE);
    assertThat(machine.state()).isEqualTo(StreamState.RUNNING);
  }

  @Test
  void ready_ofTheSamePublisherAgainWithinGrace_keepsTheRun() {
    onAir();
    say(new NotReady("anna"));

    assertThat(say(new Ready(ANNA))).isEqualTo(Outcome.KEPT);
    assertThat(machine.state()).isEqualTo(StreamState.RUNNING);
    assertThat(machine.runId()).isEqualTo("run-1");
  }

  @Test
  void ready_ofAPublisherThatWasReplaced_isStale() {
    onAir();
    say(new Ready(BERT));

    assertThat(say(new Ready(ANNA))).isEqualTo(Outcome.STALE);
  }

  @Test
  void stop_thenNotReadyAndReady_dubsThePublisherAgain() {
    onAir();
    say(new Stop());
    say(new Exited(1, ExitCode.CLEAN, "stopped"));
    say(new NotReady("anna"));

    assertThat(say(new Ready(ANNA))).isEqualTo(Outcome.STARTED);
  }

  @Test
  void ready_overtakenByItsNotReady_startsNothing() {
    say(new Ready(BERT));
    say(new NotReady("anna"));

    assertThat(say(new Ready(ANNA))).isEqualTo(Outcome.STALE);
    assertThat(say(new NotReady("bert"))).isEqualTo(Outcome.GRACE);
  }

  @Test
  void ready_whileStopping_beginsAnotherRunOnceTheWorkerHasEnded() {
    onAir();
    say(new NotReady("anna"));
    say(new TimedOut(Timer.GRACE, 1));

    assertThat(say(new Ready(BERT))).isEqualTo(Outcome.QUEUED);
    assertThat(machine.state()).isEqualTo(StreamState.STOPPING);
    assertThat(machine.runId()).isEqualTo("run-2");
    assertThat(effects).isEmpty();
    say(new Exited(1, ExitCode.CLEAN, "stopped"));
    assertThat(machine.state()).isEqualTo(StreamState.STARTING);
    assertThat(effects)
        .containsExactly(
            new EndRun("run-1", "the publisher did not come back"),
            new BeginRun("run-2", BERT),
            new StartWorker(2, "run-2"));
    assertThat(places).isEqualTo(1);
  }

  @Test
  void exited_sevenTimesInTenMinutes_degradesUntilANewReady() {
    say(new Ready(ANNA));
    for (int worker = 1; worker <= 6; worker++) {
      say(new Exited(worker, ExitCode.INTERNAL, "signal 9"));
      assertThat(machine.state()).isEqualTo(StreamState.STARTING);
      SetTimer retry = (SetTimer) effects.get(0);
      long longest = Math.min(60_000, 1_000L << (worker - 1));
      assertThat(retry.after().toMillis()).isBetween(longest / 2, longest);
      say(new TimedOut(Timer.RETRY, retry.setting()));
      assertThat(effects).containsExactly(new StartWorker(worker + 1, "run-1"));
    }
    say(new Exited(7, ExitCode.INTERNAL, "signal 9"));

    assertThat(machine.state()).isEqualTo(StreamState.DEGRADED);
    assertThat(machine.reason()).contains("6 times").contains("signal 9");
    assertThat(places).isZero();
    assertThat(say(new Observed(Optional.of(ANNA), nowMillis))).isEqualTo(Outcome.DUPLICATE);
    assertThat(say(new Ready(ANNA))).isEqualTo(Outcome.STARTED);
    assertThat(machine.runId()).isEqualTo("run-2");
  }

  @Test
  void exited_sixTimesSpreadOverHours_isAlwaysStartedAgain() {
    say(new Ready(ANNA));
    for (int worker = 1; worker <= 20; worker++) {
      say(new OnAir(worker));
      nowMillis += 180_000;
      say(new Exited(worker, ExitCode.RETRIES_SPENT, "lost"));
      SetTimer retry = (SetTimer) effects.get(0);
      assertThat(retry.after()).isLessThanOrEqualTo(Duration.ofSeconds(1));
      say(new TimedOut(Timer.RETRY, retry.setting()));
    }
    assertThat(machine.state()).isEqualTo(StreamState.STARTING);
    assertThat(machine.restartsOfRun()).isEqualTo(20);
  }

  @ParameterizedTest
  @EnumSource(
      value = ExitCode.class,
      names = {"USAGE", "CONFIGURATION", "INPUT_CODEC_REFUSED"})
  void exited_forWhatNoRestartMends_degradesAtOnce(ExitCode code) {
    say(new Ready(ANNA));
    say(new Exited(1, code, "codec vp8"));

    assertThat(machine.state()).isEqualTo(StreamState.DEGRADED);
    assertThat(machine.reason()).contains("codec vp8");
  }

  @Test
  void stop_byAnOperator_holdsForThisPublisherOnly() {
    onAir();
    say(new Stop());
    say(new Exited(1, ExitCode.CLEAN, "stopped"));

    assertThat(say(new Ready(ANNA))).isEqualTo(Outcome.HELD);
    assertThat(say(new Observed(Optional.of(ANNA), nowMillis))).isEqualTo(Outcome.HELD);
    assertThat(machine.state()).isEqualTo(StreamState.IDLE);
    assertThat(say(new Ready(BERT))).isEqualTo(Outcome.STARTED);
  }

  @Test
  void restart_byAnOperator_beginsARunAfterTheOneBefore() {
    onAir();

    assertThat(say(new Restart())).isEqualTo(Outcome.QUEUED);
    assertThat(effects).containsExactly(new StopWorker(1, "started anew by an operator"));
    say(new Exited(1, ExitCode.CLEAN, "stopped"));
    assertThat(effects).contains(new StartWorker(2, "run-2"));
  }

  @Test
  void observed_olderThanTheHook_isStale() {
    long askedMillis = nowMillis;
    nowMillis += 100;
    onAir();

    assertThat(say(new Observed(Optional.empty(), askedMillis))).isEqualTo(Outcome.STALE);
    nowMillis += 10_000;
    assertThat(say(new Observed(Optional.empty(), nowMillis))).isEqualTo(Outcome.GRACE);
  }

  @Test
  void observed_againstAWrongNotReady_putsTheStreamRight() {
    onAir();
    say(new NotReady("anna"));
    nowMillis += 10;

    assertThat(say(new Observed(Optional.of(ANNA), nowMillis))).isEqualTo(Outcome.KEPT);
    assertThat(machine.state()).isEqualTo(StreamState.RUNNING);
  }

  @Test
  void found_workerOfAnEarlierOrchestrator_isKeptWithItsRun() {
    say(new Found("run-before"));
    assertThat(effects).containsExactly(new BeginRun("run-before", Publisher.UNKNOWN));
    say(new OnAir(1));

    assertThat(say(new Observed(Optional.of(ANNA), nowMillis))).isEqualTo(Outcome.DUPLICATE);
    assertThat(machine.state()).isEqualTo(StreamState.RUNNING);
    assertThat(machine.runId()).isEqualTo("run-before");
    assertThat(say(new NotReady("anna"))).isEqualTo(Outcome.GRACE);
  }

  @Test
  void drain_ofARun_endsItAndBeginsNoOther() {
    onAir();
    say(new Restart());

    say(new Drain());
    say(new Exited(1, ExitCode.CLEAN, "stopped"));

    assertThat(machine.state()).isEqualTo(StreamState.IDLE);
    assertThat(say(new Ready(BERT))).isEqualTo(Outcome.DRAINING);
    assertThat(say(new Restart())).isEqualTo(Outcome.DRAINING);
  }

  @Test
  void on_clockThatStepsBack_doesNotGoBackWithIt() {
    onAir();
    nowMillis -= 5_000;
    say(new Exited(1, ExitCode.INTERNAL, "died"));

    assertThat(effects).hasSize(1);
    assertThat(machine.state()).isEqualTo(StreamState.STARTING);
  }

  private void onAir() {
    say(new Ready(ANNA));
    say(new OnAir(1));
  }

  private Outcome say(StreamInput input) {
    StreamMachine.Decision decision = machine.on(input, nowMillis);
    effects = decision.effects();
    return decision.outcome();
  }
}
