package dev.livedub.bench.gemini;

import dev.livedub.bench.faults.FaultRig;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.PlayoutDelay;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.core.worker.Worker;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.gemini.GeminiTranslator;
import dev.livedub.gemini.config.ApiKey;
import dev.livedub.gemini.config.Secret;
import dev.livedub.gemini.config.ServiceAccess;
import dev.livedub.gemini.config.ServiceUrl;
import dev.livedub.gemini.config.SessionSettings;
import dev.livedub.gemini.keeper.KeeperSettings;
import dev.livedub.gemini.session.LiveClient;
import dev.livedub.gemini.transport.TransportSettings;
import dev.livedub.media.worker.DubWorkerLauncher;
import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.gemini.GeminiSim;
import dev.livedub.testkit.gemini.GeminiSimOptions;
import dev.livedub.testkit.publish.LivePublisher;
import dev.livedub.testkit.rtmp.RtmpPublication;
import dev.livedub.testkit.rtmp.RtmpSink;
import dev.livedub.testkit.rtmp.RtmpSinkOptions;
import dev.livedub.testkit.rtsp.RtspRelay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * One dub by Gemini's sessions with a simulated service: a publisher of marked speech, a relay, the
 * worker, a destination that writes down what it gets. All over sockets, all on loopback.
 *
 * <p><b>Threading:</b> one owner drives it. <b>Ownership:</b> owns and closes everything.
 */
final class GeminiRig implements AutoCloseable {

  /** Playout delay. */
  static final Duration DELAY = Duration.ofSeconds(6);

  /** Gain of the original under the dub. */
  static final double DUCK_DB = -18;

  /** The source's language is English; this is what it is put into. */
  private static final String TARGET_LANGUAGE = "es";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String streamId;
  private final RtspRelay relay = RtspRelay.start();
  private final RtmpSink sink;
  private final GeminiSim sim;
  private final ClipSpec clip;
  private final LiveClient client;
  private final MeterTally meters = new MeterTally();
  private final Worker worker;
  private final CompletableFuture<WorkerExit> exit = new CompletableFuture<>();
  private @Nullable LivePublisher publisher;

  /**
   * A rig that has not begun.
   *
   * @param plan what is put together
   * @param dumps where the destination writes what it receives
   */
  GeminiRig(Plan plan, Path dumps, int maxTags) {
    streamId = plan.streamId();
    clip = plan.clip();
    sim = GeminiSim.start(plan.service());
    client = new LiveClient(plan.transport());
    sink = RtmpSink.start(RtmpSinkOptions.defaults().withDumpDirectory(dumps).withMaxTags(maxTags));
    DubConfig config =
        DubConfig.builder(
                streamId, relay.url(in()), List.of(sink.url(out())), TranslatorKind.GEMINI)
            .targetLang(TARGET_LANGUAGE)
            .delay(plan.delay())
            .duckDb(DUCK_DB)
            .patience(PATIENCE)
            .build();
    worker = new DubWorkerLauncher().create(config, (dub, sink) -> translator(plan, dub), meters);
  }

  /**
   * What is put together.
   *
   * @param streamId of the worker
   * @param clip the broadcast
   * @param service how the simulated service behaves
   * @param keeper how translation is kept on air
   * @param transport times of connections
   * @param key what the client shows
   * @param model asked for
   * @param delay playout delay
   */
  record Plan(
      String streamId,
      ClipSpec clip,
      GeminiSimOptions service,
      KeeperSettings keeper,
      TransportSettings transport,
      String key,
      String model,
      PlayoutDelay delay) {

    /** With everything as it is by default. */
    static Plan of(String streamId) {
      return new Plan(
          streamId,
          broadcast().build(),
          patientService().build(),
          KeeperSettings.of(TARGET_LANGUAGE),
          TransportSettings.standard(),
          "a-good-key",
          GeminiSimOptions.DEFAULT_MODEL,
          PlayoutDelay.fixed(DELAY));
    }

    /**
     * A service as measured. It takes no offence at what follows a lost session: up to 6 s of sound
     * sent again, half as fast again as real time, are that far ahead of it.
     */
    static GeminiSimOptions.Builder patientService() {
      return GeminiSimOptions.builder().pace(Duration.ofSeconds(7), Duration.ofMillis(1_500));
    }

    Plan with(GeminiSimOptions newService) {
      return new Plan(streamId, clip, newService, keeper, transport, key, model, delay);
    }

    Plan with(KeeperSettings newKeeper) {
      return new Plan(streamId, clip, service, newKeeper, transport, key, model, delay);
    }

    Plan with(TransportSettings newTransport) {
      return new Plan(streamId, clip, service, keeper, newTransport, key, model, delay);
    }

    Plan with(ClipSpec newClip) {
      return new Plan(streamId, newClip, service, keeper, transport, key, model, delay);
    }

    Plan with(PlayoutDelay newDelay) {
      return new Plan(streamId, clip, service, keeper, transport, key, model, newDelay);
    }

    Plan withKey(String newKey) {
      return new Plan(streamId, clip, service, keeper, transport, newKey, model, delay);
    }

    Plan withModel(String newModel) {
      return new Plan(streamId, clip, service, keeper, transport, key, newModel, delay);
    }
  }

  /** H.264 with B-frames and a keyframe every second, and marked speech over a chord. */
  static ClipSpec.Builder broadcast() {
    return ClipSpec.builder().size(160, 90).gopFrames(25).pictureBitRate(200_000).markedSpeech();
  }

  private GeminiTranslator translator(Plan plan, DubConfig dub) {
    String language = dub.targetLang().orElseThrow();
    KeeperSettings keeper =
        language.equals(plan.keeper().targetLanguage())
            ? plan.keeper()
            : KeeperSettings.of(language);
    ServiceAccess access =
        ServiceAccess.developer(ServiceUrl.parse(sim.url()), new ApiKey(new Secret(plan.key())));
    SessionSettings session =
        SessionSettings.of(plan.model(), keeper.targetLanguage())
            .withEcho(keeper.echoTargetLanguage());
    return new GeminiTranslator(keeper, client.sessions(access, session), streamId, meters);
  }

  /** Starts the publisher. */
  void publish() {
    publisher = LivePublisher.start(clip, relay.url(in()));
    FaultRig.await(
        "the publisher",
        Duration.ofSeconds(20),
        () -> relay.path(in()).stats().packetsForwarded() > 0);
  }

  /** Starts the worker. */
  void dub() {
    Thread thread = new Thread(this::work, "gemini-rig-" + streamId);
    thread.setDaemon(true);
    thread.start();
  }

  private void work() {
    MDC.put("streamId", streamId);
    exit.complete(worker.run());
  }

  private String in() {
    return "live/" + streamId + "/in";
  }

  private String out() {
    return "live/" + streamId + "/out";
  }

  GeminiSim sim() {
    return sim;
  }

  MeterTally meters() {
    return meters;
  }

  ClipSpec clip() {
    return clip;
  }

  /** Changes what an operator may change. */
  void change(LiveChange change) {
    worker.change(change);
  }

  WorkerStatus status() {
    return worker.status();
  }

  /** Everything the destination received, oldest publication first. */
  List<RtmpPublication> publications() {
    return sink.stream(out()).publications();
  }

  /** Ends the worker, waits for it, and for the recording to be complete. */
  WorkerExit stop() {
    worker.stop("end of the scenario");
    WorkerExit how = exit.orTimeout(10, TimeUnit.SECONDS).join();
    for (RtmpPublication publication : publications()) {
      FaultRig.await(
          "the recording's end", Duration.ofSeconds(5), () -> publication.endedNanos().isPresent());
    }
    return how;
  }

  @Override
  public void close() {
    worker.stop("rig closed");
    if (publisher != null) {
      publisher.close();
    }
    client.close();
    sink.close();
    relay.close();
    sim.close();
  }
}
