package dev.livedub.orchestrator.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.FoundWorker;
import dev.livedub.core.worker.HostedWorker;
import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.WorkerHost;
import dev.livedub.core.worker.WorkerTask;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessWorkersTest extends WorkerHostContract {

  @Override
  WorkerHost open(StateDir in) throws IOException {
    return open(in, TestPrograms.LIMITS);
  }

  private static WorkerHost open(StateDir in, HostLimits limits) throws IOException {
    return new ProcessWorkers(
        in, TestPrograms.command(WorkerProgram.class, "60000"), List::of, limits);
  }

  @Test
  void kill_workerOnAir_isToldAsItsExitAndTheTaskIsFree() {
    HostedWorker worker = start("news", ScriptedWorker.OBEDIENT, listener);
    listener.awaitRunning();
    await().atMost(PATIENCE).until(() -> listener.gauges.containsKey(Meter.VIDEO_QUEUE));
    Programs.kill(worker.processId().orElseThrow());

    assertThat(listener.awaitExit().code()).isEqualTo(ExitCode.INTERNAL);
    assertThat(listener.exits.get(0).message()).contains("signal 9");
    assertThat(state.leases().isHeld(WorkerTask.dub("news"))).isFalse();
    RecordingListener second = new RecordingListener();
    start("news", ScriptedWorker.OBEDIENT, second);
    second.awaitRunning();
    assertThat(listener.gauge(Meter.VIDEO_QUEUE)).isNaN();
  }

  @Test
  void start_workerThatCrashes_namesTheSignal() {
    start("news", ScriptedWorker.CRASHING, listener);
    assertThat(listener.awaitExit().message()).contains("signal 11 (SIGSEGV)");
  }

  @Test
  void stop_workerThatDoesNotHear_isEndedByForce() {
    HostedWorker worker = start("news", ScriptedWorker.DEAF, listener);
    listener.awaitRunning();
    long processId = worker.processId().orElseThrow();
    worker.stop("enough");
    listener.awaitExit();
    assertThat(Programs.isAlive(processId)).isFalse();
    assertThat(listener.exits.get(0).code()).isEqualTo(ExitCode.INTERNAL);
  }

  @Test
  void close_workerThatDoesNotHear_leavesNoProcess() {
    HostedWorker deaf = start("deaf", ScriptedWorker.DEAF, listener);
    listener.awaitRunning();
    long processId = deaf.processId().orElseThrow();
    host.close();
    assertThat(Programs.isAlive(processId)).isFalse();
    assertThat(listener.exits).hasSize(1);
    assertThat(state.socket()).doesNotExist();
  }

  @Test
  void start_secondOrderWhileTheFirstRuns_waitsThenEndsIt() {
    HostedWorker first = start("news", ScriptedWorker.OBEDIENT, listener);
    listener.awaitRunning();
    long processId = first.processId().orElseThrow();
    RecordingListener second = new RecordingListener();
    start("news", ScriptedWorker.OBEDIENT, second);

    second.awaitRunning();
    assertThat(Programs.isAlive(processId)).isFalse();
    assertThat(listener.exits).hasSize(1);
  }

  @Test
  void start_javaIsNotThere_isAnExit() throws IOException {
    host.close();
    host =
        new ProcessWorkers(
            state,
            new JavaCommand(Path.of("/nowhere/java"), List.of(), List.of()),
            List::of,
            TestPrograms.LIMITS);
    start("news", ScriptedWorker.OBEDIENT, listener);
    assertThat(listener.awaitExit().code()).isEqualTo(ExitCode.INTERNAL);
    assertThat(listener.exits.get(0).message())
        .contains("cannot be started")
        .contains("/nowhere/java");
  }

  @Test
  void start_systemHasNoRoomForAThread_isAnExit() throws IOException {
    host.close();
    host =
        new ProcessWorkers(
            state,
            TestPrograms.command(WorkerProgram.class, "60000"),
            () -> {
              throw new OutOfMemoryError("unable to create native thread, on purpose");
            },
            TestPrograms.LIMITS);
    start("news", ScriptedWorker.OBEDIENT, listener);
    assertThat(listener.awaitExit().code()).isEqualTo(ExitCode.INTERNAL);
    assertThat(listener.exits.get(0).message()).contains("cannot be started", "native thread");
  }

  @Test
  void start_processThatDiesAtOnce_isAnExit() throws IOException {
    host.close();
    host =
        new ProcessWorkers(
            state,
            TestPrograms.command(WorkerProgram.class, "not a number"),
            List::of,
            TestPrograms.LIMITS);
    start("news", ScriptedWorker.OBEDIENT, listener);
    assertThat(listener.awaitExit().code()).isEqualTo(ExitCode.INTERNAL);
  }

  @Test
  void socket_garbageAndStrangers_areCutOffAndHarmNobody() throws IOException {
    HostedWorker worker = start("news", ScriptedWorker.OBEDIENT, listener);
    listener.awaitRunning();
    Random random = new Random(7);
    byte[] noise = new byte[Wire.MAX_LINE_BYTES * 2];
    random.nextBytes(noise);
    assertCutOff(noise);
    assertCutOff(
        "{\"Exit\":{\"code\":\"CLEAN\",\"message\":\"\"}}\n".getBytes(StandardCharsets.UTF_8));
    WorkerMessage.Hello stranger =
        new WorkerMessage.Hello(new Wire().protocol(), "news.dub", 1, Optional.of("run-news"));
    assertCutOff(new Wire().encode(stranger));

    int before = listener.statuses.size();
    await().atMost(PATIENCE).until(() -> listener.statuses.size() > before);
    assertThat(worker.processId()).isPresent();
  }

  /** Whoever is cut off reads the end, perhaps after being told to stop. */
  private void assertCutOff(byte[] words) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(state.socket()))) {
      ByteBuffer bytes = ByteBuffer.wrap(words);
      ByteBuffer answer = ByteBuffer.allocate(4096);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      while (channel.read(answer) >= 0) {
        assertThat(answer.hasRemaining()).isTrue();
      }
      assertThat(new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8))
          .doesNotContain("Run");
    } catch (IOException e) {
      // Cut off while still talking.
      assertThat(e).hasMessageMatching("(?i).*(broken pipe|reset).*");
    }
  }

  @Test
  void silence_workerThatStandsStill_isKilled() throws Exception {
    host.close();
    host = open(state, TestPrograms.limits(PATIENCE, Duration.ofSeconds(3)));
    HostedWorker worker = start("news", ScriptedWorker.OBEDIENT, listener);
    listener.awaitRunning();
    long processId = worker.processId().orElseThrow();
    Programs.signal("STOP", processId);
    // A busy machine takes its time to hand the signal to the process.
    Path stat = Path.of("/proc", Long.toString(processId), "stat");
    await().atMost(PATIENCE).until(() -> Files.readString(stat).contains(") T"));

    assertThat(listener.awaitExit().message()).contains("not a word for 3 s");
    assertThat(Programs.isAlive(processId)).isFalse();
  }

  @Test
  void adopt_orchestratorKilled_findsAllItsWorkersOnAirAndNoDouble() throws Exception {
    Map<String, Long> workers = orphan("60000", "a", "b", "c");

    List<FoundWorker> found = host.recover();
    assertThat(found)
        .extracting(one -> one.task().streamId())
        .containsExactlyInAnyOrder("a", "b", "c");
    Map<String, RecordingListener> listeners = new HashMap<>();
    Map<String, HostedWorker> adopted = new HashMap<>();
    for (FoundWorker one : found) {
      String streamId = one.task().streamId();
      assertThat(one.runId()).isEqualTo("run-" + streamId);
      RecordingListener told = new RecordingListener();
      listeners.put(streamId, told);
      adopted.put(streamId, one.adopt(told));
    }
    listeners.values().forEach(RecordingListener::awaitRunning);
    workers.forEach(
        (streamId, processId) -> {
          assertThat(Programs.isAlive(processId)).isTrue();
          assertThat(of(adopted, streamId).processId()).hasValue(processId);
          LeaseRecord record = state.leases().holder(WorkerTask.dub(streamId)).orElseThrow();
          assertThat(record.holder().processId()).isEqualTo(processId);
        });

    of(adopted, "a").change(change("it"));
    of(listeners, "a").awaitStatus(status -> status.live().targetLang().equals(Optional.of("it")));
    Programs.kill(of(workers, "b"));
    assertThat(of(listeners, "b").awaitExit().code()).isEqualTo(ExitCode.INTERNAL);
    of(adopted, "c").stop("enough");
    assertThat(of(listeners, "c").awaitExit().message()).isEqualTo("enough");
    listeners.values().forEach(RecordingListener::assertKept);
    host.close();
    workers.values().forEach(processId -> assertThat(Programs.isAlive(processId)).isFalse());
  }

  @Test
  void adopt_workerStandsStill_isKilledAndTold() throws Exception {
    Map<String, Long> workers = orphan("60000", "a");
    Programs.signal("STOP", of(workers, "a"));
    host.close();
    state.close();
    state = StateDir.open(dir.resolve("s"));
    host = open(state, TestPrograms.limits(PATIENCE, Duration.ofSeconds(3)));

    host.recover().get(0).adopt(listener);
    assertThat(listener.awaitExit().message()).contains("not a word");
    assertThat(Programs.isAlive(of(workers, "a"))).isFalse();
  }

  @Test
  void adopt_workerHasDiedMeanwhile_isToldAtOnce() throws Exception {
    Map<String, Long> workers = orphan("60000", "a");
    FoundWorker found = host.recover().get(0);
    Programs.kill(of(workers, "a"));
    await().until(() -> !state.leases().isHeld(found.task()));
    found.adopt(listener);
    assertThat(listener.awaitExit().code()).isEqualTo(ExitCode.INTERNAL);
  }

  @Test
  void start_foundWorkerThatNobodyAdopted_isReplaced() throws Exception {
    Map<String, Long> workers = orphan("60000", "a");
    start("a", ScriptedWorker.OBEDIENT, listener);
    listener.awaitRunning();
    assertThat(Programs.isAlive(of(workers, "a"))).isFalse();
  }

  /** An orchestrator that is killed may just have started a process that has said nothing yet. */
  @Test
  void start_processOfAnEarlierOrchestratorComesFirst_isSentAwayAndTheOrderIsOfTheNewOne()
      throws Exception {
    host.close();
    CountDownLatch starting = new CountDownLatch(1);
    CompletableFuture<Void> strayCame = new CompletableFuture<>();
    host =
        new ProcessWorkers(
            state,
            TestPrograms.command(WorkerProgram.class, "60000"),
            () -> {
              starting.countDown();
              strayCame.join();
              return List.of();
            },
            TestPrograms.LIMITS);
    HostedWorker worker = start("news", ScriptedWorker.OBEDIENT, listener);
    assertThat(starting.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    Process stray =
        programs.start(
            WorkerProgram.class,
            "60000",
            "--state-dir",
            dir.resolve("s").toString(),
            "--task",
            WorkerTask.dub("news").leaseName());
    // Holding the lease it introduces itself at once; a moment is left for that.
    await()
        .atMost(PATIENCE)
        .during(Duration.ofMillis(500))
        .until(() -> state.leases().isHeld(WorkerTask.dub("news")));
    strayCame.complete(null);

    listener.awaitRunning();
    assertThat(worker.processId()).isPresent();
    assertThat(worker.processId()).isNotEqualTo(OptionalLong.of(stray.pid()));
    assertThat(stray.waitFor()).isEqualTo(ExitCode.CLEAN.code());
    worker.stop("enough");
    assertThat(listener.awaitExit().message()).isEqualTo("enough");
    assertThat(listener.exits).hasSize(1);
  }

  @Test
  void orphan_noOrchestratorComes_endsItself() throws Exception {
    host.close();
    state.close();
    Map<String, Long> workers = orphans("1500", "a");
    // The system calls a process dead when its main thread is, and keeps its locks until all are.
    Leases left = StateDir.join(dir.resolve("s")).leases();
    await()
        .atMost(PATIENCE)
        .until(() -> !Programs.isAlive(of(workers, "a")) && !left.isHeld(WorkerTask.dub("a")));
    open();
    assertThat(host.recover()).isEmpty();
  }

  /** Leaves workers on air without an orchestrator, and opens the next one. */
  private Map<String, Long> orphan(String orphanMillis, String... streams) throws Exception {
    host.close();
    state.close();
    Map<String, Long> workers = orphans(orphanMillis, streams);
    open();
    return workers;
  }

  private Map<String, Long> orphans(String orphanMillis, String... streams) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(dir.resolve("s").toString(), orphanMillis));
    arguments.addAll(List.of(streams));
    List<String> lines = new ArrayList<>();
    Process orchestrator =
        programs.start(OrchestratorProgram.class, "ready", lines, arguments.toArray(String[]::new));
    Map<String, Long> workers = new HashMap<>();
    for (String line : lines) {
      if (line.startsWith("pid ")) {
        workers.put(line.split(" ", -1)[1], Long.parseLong(line.split(" ", -1)[2]));
      }
    }
    assertThat(workers.keySet()).containsExactlyInAnyOrder(streams);
    workers.values().forEach(programs::endLater);
    orchestrator.destroyForcibly();
    assertThat(orchestrator.waitFor()).isEqualTo(128 + 9);
    assertThat(workers.values()).allMatch(Programs::isAlive);
    return workers;
  }

  private static <T> T of(Map<String, T> map, String streamId) {
    return Objects.requireNonNull(map.get(streamId));
  }
}
