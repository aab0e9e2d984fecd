package dev.livedub.orchestrator.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livedub.core.worker.HostedWorker;
import dev.livedub.core.worker.WorkerHost;
import dev.livedub.core.worker.WorkerTask;
import org.junit.jupiter.api.Test;

class ThreadWorkersTest extends WorkerHostContract {

  @Override
  WorkerHost open(StateDir in) {
    return new ThreadWorkers(in, ScriptedWorker.maker(), TestPrograms.LIMITS);
  }

  @Test
  void stop_workerThatDoesNotHear_keepsItsTask() {
    HostedWorker worker = start("news", ScriptedWorker.DEAF, listener);
    listener.awaitRunning();
    worker.stop("enough");
    RecordingListener second = new RecordingListener();
    start("news", ScriptedWorker.OBEDIENT, second);

    assertThat(second.awaitExit().message()).contains("cannot be ended");
    assertThat(listener.exits).isEmpty();
    assertThat(state.leases().isHeld(WorkerTask.dub("news"))).isTrue();
  }

  @Test
  void start_anyWorker_runsOnANamedThreadAndHasNoProcess() {
    HostedWorker worker = start("news", ScriptedWorker.OBEDIENT, listener);
    listener.awaitRunning();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .contains("dub-news-worker", "worker-host");
    assertThat(worker.processId()).isEmpty();
    worker.stop("enough");
    listener.awaitExit();
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("dub-news-worker"));
  }

  @Test
  void recover_anything_findsNothing() {
    assertThat(host.recover()).isEmpty();
  }
}
