package dev.livedub.cli.demo;

import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.TranslatorFactory;
import dev.livedub.core.worker.Worker;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerLauncher;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.testkit.clip.AccessUnit;
import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.nal.Codec;
import dev.livedub.testkit.nal.VclHash;
import dev.livedub.testkit.publish.LivePublisher;
import dev.livedub.testkit.rtmp.RtmpPublication;
import dev.livedub.testkit.rtmp.RtmpSink;
import dev.livedub.testkit.rtmp.RtmpSinkOptions;
import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtmp.TagKind;
import dev.livedub.testkit.rtsp.RtspRelay;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A publisher, an RTSP server, a worker and an RTMP server in one JVM, over loopback.
 *
 * <p><b>Threading:</b> one thread, which blocks while the stream is on air.
 */
final class Stage {

  private static final String INPUT_PATH = "live/demo/in";
  private static final String OUTPUT_PATH = "live/demo/out";

  /** Less than usual: the beeps that the distance to the picture is measured by must stay clear. */
  private static final double DUCK_DB = -6;

  private static final Duration TICK = Duration.ofMillis(250);

  /** How much longer than planned it may take until enough has been on air. */
  private static final Duration SLACK = Duration.ofSeconds(40);

  private static final Duration STOP_DEADLINE = Duration.ofSeconds(10);

  private final WorkerLauncher workers;
  private final Duration delay;
  private final Consumer<WorkerStatus> progress;

  /**
   * A stage.
   *
   * @param progress hears how it goes, a few times a second
   */
  Stage(WorkerLauncher workers, Duration delay, Consumer<WorkerStatus> progress) {
    this.workers = workers;
    this.delay = delay;
    this.progress = progress;
  }

  /**
   * Plays.
   *
   * @param onAir how much is to reach the sink
   * @param directory where the sink writes what it gets
   * @throws DemoException if nothing came out that could be measured
   */
  Recording play(ClipSpec clip, TranslatorFactory translators, Duration onAir, Path directory)
      throws DemoException, InterruptedException {
    Map<Long, Long> published = new ConcurrentHashMap<>();
    RtmpSinkOptions options = RtmpSinkOptions.defaults().withDumpDirectory(directory);
    try (RtspRelay relay = RtspRelay.start();
        RtmpSink sink = RtmpSink.start(options);
        LivePublisher publisher =
            LivePublisher.start(
                clip, relay.url(INPUT_PATH), (unit, nanos) -> remember(published, unit))) {
      relay.path(INPUT_PATH).accessUnits().enable(200_000);
      if (!publisher.awaitOnAir(Duration.ofSeconds(20))) {
        throw new DemoException("the publisher did not get on air", publisher.failure());
      }
      DubConfig config = config(relay.url(INPUT_PATH), sink.url(OUTPUT_PATH));
      long cpuNanos = cpuNanos();
      long startNanos = System.nanoTime();
      Worker worker = workers.create(config, translators, MeterSink.NONE);
      CompletableFuture<WorkerExit> end = run(worker);
      WorkerStatus status = watch(worker, end, onAir);
      worker.stop("the demonstration is over");
      WorkerExit exit = await(end);
      Duration wall = Duration.ofNanos(System.nanoTime() - startNanos);
      Duration cpu = Duration.ofNanos(cpuNanos() - cpuNanos);

      RtmpPublication publication =
          sink.stream(OUTPUT_PATH)
              .latest()
              .orElseThrow(() -> new DemoException("nothing was published: " + exit.message()));
      List<RtmpTag> output =
          publication.media(TagKind.VIDEO).stream().filter(RtmpTag::coded).toList();
      if (output.isEmpty()) {
        throw new DemoException("no picture came out: " + exit.message());
      }
      return new Recording(
          clip,
          relay.path(INPUT_PATH).accessUnits().units(),
          Map.copyOf(published),
          output,
          file(publication),
          delay,
          exit,
          status,
          Duration.ofNanos(output.get(0).arrivalNanos() - startNanos).minus(delay),
          cpu,
          wall);
    }
  }

  private DubConfig config(String input, String output) {
    return DubConfig.builder("demo", input, List.of(output), TranslatorKind.TONE)
        .targetLang("es")
        .delay(delay)
        .duckDb(DUCK_DB)
        .patience(Duration.ofSeconds(20))
        .build();
  }

  private static void remember(Map<Long, Long> published, AccessUnit unit) {
    if (unit.kind() == AccessUnit.Kind.PICTURE) {
      long hash = VclHash.ofAnnexB(Codec.H264, unit.payload());
      published.put(hash, Math.round(unit.pts() * 1e6 / unit.clockHz()));
    }
  }

  private static CompletableFuture<WorkerExit> run(Worker worker) {
    CompletableFuture<WorkerExit> end = new CompletableFuture<>();
    Thread thread = new Thread(() -> end.complete(worker.run()), "demo-worker");
    thread.setDaemon(true);
    thread.start();
    return end;
  }

  /** Waits until enough was on air, the worker has ended, or it takes too long. */
  private WorkerStatus watch(Worker worker, CompletableFuture<WorkerExit> end, Duration onAir)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + onAir.plus(delay).plus(SLACK).toNanos();
    WorkerStatus status = worker.status();
    while (!end.isDone()
        && status.onAirMicros() < onAir.toNanos() / 1000
        && System.nanoTime() - deadlineNanos < 0) {
      progress.accept(status);
      TimeUnit.NANOSECONDS.sleep(TICK.toNanos());
      status = worker.status();
    }
    return status;
  }

  private static WorkerExit await(CompletableFuture<WorkerExit> end)
      throws DemoException, InterruptedException {
    try {
      return end.get(STOP_DEADLINE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new DemoException("the worker did not end when it was told to", Optional.of(e));
    }
  }

  /** The sink closes the file when the publication has ended, which the worker's end brings on. */
  private static Path file(RtmpPublication publication) throws DemoException, InterruptedException {
    long deadlineNanos = System.nanoTime() + STOP_DEADLINE.toNanos();
    while (publication.endedNanos().isEmpty() && System.nanoTime() - deadlineNanos < 0) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return publication.dump().orElseThrow(() -> new DemoException("the sink wrote no file"));
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }
}
