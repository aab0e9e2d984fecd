package dev.livedub.orchestrator.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.HostedWorker;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.WorkerHost;
import dev.livedub.core.worker.WorkerOrder;
import dev.livedub.core.worker.WorkerTask;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every host of workers promises. */
abstract class WorkerHostContract {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path dir;
  StateDir state;
  WorkerHost host;
  final RecordingListener listener = new RecordingListener();
  final Programs programs = new Programs();

  abstract WorkerHost open(StateDir in) throws IOException;

  @BeforeEach
  void open() throws IOException {
    state = StateDir.open(dir.resolve("s"));
    host = open(state);
  }

  @AfterEach
  void end() {
    host.close();
    state.close();
    programs.close();
    listener.assertKept();
  }

  @Test
  void start_untilItIsStopped_tellsEverythingAndTheExitLast() {
    HostedWorker worker = start("news", ScriptedWorker.OBEDIENT, listener);
    listener.awaitRunning();
    await().atMost(PATIENCE).until(() -> listener.statuses.size() > 2);
    assertThat(state.leases().isHeld(WorkerTask.dub("news"))).isTrue();
    assertThat(listener.captions).extracting("text").containsExactly("hola");
    await().atMost(PATIENCE).until(() -> listener.gauges.containsKey(Meter.VIDEO_QUEUE));
    await().atMost(PATIENCE).until(() -> listener.histograms.containsKey(Meter.ADDED_LATENCY));
    assertThat(listener.histograms.get(Meter.ADDED_LATENCY)).containsExactly(7.0);
    assertThat(listener.gauge(Meter.VIDEO_QUEUE)).isEqualTo(42);

    worker.stop("enough");
    worker.stop("again");

    assertThat(listener.awaitExit().code()).isEqualTo(ExitCode.CLEAN);
    assertThat(listener.exits.get(0).message()).isEqualTo("enough");
    assertThat(listener.counters).containsEntry("BYTESin", 1234.0);
    assertThat(state.leases().isHeld(WorkerTask.dub("news"))).isFalse();
    worker.change(change("fr"));
    worker.stop("late");
  }

  @Test
  void start_workerThatCannotGoOn_tellsItsExit() {
    start("news", ScriptedWorker.SPENT, listener);
    assertThat(listener.awaitExit().code()).isEqualTo(ExitCode.RETRIES_SPENT);
    assertThat(listener.exits.get(0).message()).isEqualTo("spent");
  }

  @Test
  void start_workerThatThrowsAnError_isAnExitAndTheTaskIsFree() {
    start("news", ScriptedWorker.BROKEN, listener);
    assertThat(listener.awaitExit().code()).isEqualTo(ExitCode.INTERNAL);
    assertThat(listener.exits.get(0).message()).contains("StackOverflowError");
    RecordingListener second = new RecordingListener();
    start("news", ScriptedWorker.OBEDIENT, second);
    second.awaitRunning();
  }

  @Test
  void start_withAChange_holdsFromTheStartAndLaterOnesFollow() {
    HostedWorker worker =
        host.start(
            new WorkerOrder(
                WorkerTask.dub("news"),
                "run",
                ScriptedWorker.config("news", ScriptedWorker.OBEDIENT),
                change("fr")),
            listener);
    worker.change(
        new LiveChange(
            Optional.empty(), Optional.of(true), Optional.empty(), OptionalDouble.empty()));
    listener.awaitStatus(
        status -> status.live().targetLang().equals(Optional.of("fr")) && status.live().muted());
    worker.change(change("it"));
    listener.awaitStatus(status -> status.live().targetLang().equals(Optional.of("it")));
    assertThat(listener.statuses)
        .noneMatch(status -> status.live().targetLang().equals(Optional.of("es")));
  }

  @Test
  void start_tenAtOnce_allRun() {
    List<RecordingListener> listeners = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      RecordingListener one = new RecordingListener();
      listeners.add(one);
      start("s" + i, ScriptedWorker.OBEDIENT, one);
    }
    listeners.forEach(RecordingListener::awaitRunning);
    host.close();
    assertThat(listeners)
        .allSatisfy(
            one -> {
              assertThat(one.awaitExit().code()).isEqualTo(ExitCode.CLEAN);
              one.assertKept();
            });
  }

  @Test
  void stop_atOnce_endsBeforeItBeganOrCleanly() {
    start("news", ScriptedWorker.OBEDIENT, listener).stop("never mind");
    assertThat(listener.awaitExit().code()).isEqualTo(ExitCode.CLEAN);
  }

  @Test
  void start_afterTheExit_runsAgain() {
    start("news", ScriptedWorker.SPENT, listener);
    listener.awaitExit();
    RecordingListener second = new RecordingListener();
    start("news", ScriptedWorker.OBEDIENT, second);
    second.awaitRunning();
  }

  @Test
  void start_whileAnotherProcessHoldsTheTask_waitsThenEndsIt() throws Exception {
    Process holder =
        programs.start(
            LeaseProgram.class, "held", new ArrayList<>(), state.path().toString(), "news.dub");
    start("news", ScriptedWorker.OBEDIENT, listener);
    assertThat(holder.isAlive()).isTrue();
    listener.awaitRunning();
    assertThat(holder.waitFor()).isEqualTo(128 + 9);
  }

  @Test
  void start_theHolderEndsByItself_runsSoonAfter() throws Exception {
    Process holder =
        programs.start(
            LeaseProgram.class, "held", new ArrayList<>(), state.path().toString(), "news.dub");
    start("news", ScriptedWorker.OBEDIENT, listener);
    holder.getOutputStream().close();
    listener.awaitRunning();
    assertThat(holder.waitFor()).isZero();
  }

  @Test
  void start_afterClose_isAnExit() {
    host.close();
    host.close();
    start("news", ScriptedWorker.OBEDIENT, listener);
    assertThat(listener.awaitExit().code()).isEqualTo(ExitCode.INTERNAL);
  }

  HostedWorker start(String streamId, String script, RecordingListener told) {
    return host.start(
        new WorkerOrder(
            WorkerTask.dub(streamId),
            "run-" + streamId,
            ScriptedWorker.config(streamId, script),
            LiveChange.NONE),
        told);
  }

  static LiveChange change(String targetLang) {
    return new LiveChange(
        Optional.of(targetLang), Optional.empty(), Optional.empty(), OptionalDouble.empty());
  }
}
