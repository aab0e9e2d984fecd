package dev.livedub.cli.forward;

import static org.awaitility.Awaitility.await;

import dev.livedub.core.config.DubConfig;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.Worker;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.media.worker.DubWorkerLauncher;
import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.publish.LivePublisher;
import dev.livedub.testkit.rtmp.RtmpPublication;
import dev.livedub.testkit.rtmp.RtmpSink;
import dev.livedub.testkit.rtmp.RtmpSinkOptions;
import dev.livedub.testkit.rtmp.RtmpStream;
import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtmp.TagKind;
import dev.livedub.testkit.rtsp.RtspRelay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real forwarder between a relay and sinks that fail on demand, all on loopback. */
final class ForwardRig implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String IN = "live/demo/out";
  private static final String OUT = "live/there";
  private static final ClipSpec CLIP =
      ClipSpec.builder().bFrames(2).gopFrames(25).pictureBitRate(800_000).build();

  private final RtspRelay relay = RtspRelay.start();
  private final List<RtmpSink> sinks = new ArrayList<>();
  private final CompletableFuture<WorkerExit> exit = new CompletableFuture<>();
  private @Nullable LivePublisher publisher;
  private @Nullable Worker worker;

  ForwardRig() {
    relay.path(IN).accessUnits().enable(20_000);
  }

  /** A destination; a small buffer makes it felt soon that it does not read. */
  RtmpSink sink() {
    RtmpSink sink = RtmpSink.start(RtmpSinkOptions.defaults().withReceiveBufferBytes(32 * 1024));
    sinks.add(sink);
    return sink;
  }

  static RtmpStream streamOf(RtmpSink sink) {
    return sink.stream(OUT);
  }

  static String urlOf(RtmpSink sink) {
    return sink.url(OUT);
  }

  /** The dub comes on air. */
  void publish() {
    publisher = LivePublisher.start(CLIP, relay.url(IN));
  }

  /** The dub goes off air. */
  void unpublish() {
    if (publisher != null) {
      publisher.close();
      publisher = null;
    }
  }

  void forward(List<String> outputs) {
    forward(outputs, PATIENCE);
  }

  void forward(List<String> outputs, Duration readyTimeout) {
    DubConfig config =
        DubConfig.forwarding("demo", relay.url(IN), outputs, readyTimeout, Duration.ofMinutes(1));
    Worker made = new DubWorkerLauncher().create(config, null, MeterSink.NONE);
    worker = made;
    Thread thread = new Thread(() -> exit.complete(made.run()), "forward");
    thread.setDaemon(true);
    thread.start();
  }

  Worker worker() {
    if (worker == null) {
      throw new IllegalStateException("not started");
    }
    return worker;
  }

  boolean hasEnded() {
    return exit.isDone();
  }

  /** Asks for the end; fails if it takes more than 5 s. */
  WorkerExit stop() throws Exception {
    worker().stop("test");
    return exit.get(5, TimeUnit.SECONDS);
  }

  WorkerExit awaitExit() throws Exception {
    return exit.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Hashes of the pictures that the dub had. */
  List<Long> published() {
    return relay.path(IN).accessUnits().units().stream().map(unit -> unit.vclHash()).toList();
  }

  /** Waits for so many more pictures at a destination. */
  static void awaitPictures(RtmpSink sink, int more) {
    int before = pictures(sink).size();
    await().atMost(PATIENCE).until(() -> pictures(sink).size() >= before + more);
  }

  /** All pictures a destination got, over all its connections. */
  static List<RtmpTag> pictures(RtmpSink sink) {
    return streamOf(sink).publications().stream()
        .map(publication -> publication.media(TagKind.VIDEO))
        .flatMap(List::stream)
        .toList();
  }

  /** The longest time a destination went without a picture. */
  static Duration longestPause(List<RtmpTag> pictures) {
    long longestNanos = 0;
    for (int i = 1; i < pictures.size(); i++) {
      longestNanos =
          Math.max(
              longestNanos, pictures.get(i).arrivalNanos() - pictures.get(i - 1).arrivalNanos());
    }
    return Duration.ofNanos(longestNanos);
  }

  static RtmpPublication only(RtmpSink sink) {
    List<RtmpPublication> publications = streamOf(sink).publications();
    if (publications.size() != 1) {
      throw new AssertionError(publications.size() + " publications");
    }
    return publications.get(0);
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.stop("test");
    }
    unpublish();
    sinks.forEach(RtmpSink::close);
    relay.close();
  }
}
