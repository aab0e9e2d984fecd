package dev.livedub.orchestrator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.livedub.core.time.Ticker;
import dev.livedub.orchestrator.api.HookEvent;
import dev.livedub.orchestrator.api.StreamState;
import dev.livedub.orchestrator.config.MediaMtxConfig;
import dev.livedub.orchestrator.egress.EgressSupervisor;
import dev.livedub.orchestrator.mediamtx.MediaMtxPaths;
import dev.livedub.orchestrator.metrics.Measurements;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is left of a stream whose run is over. MediaMTX is never asked here. */
class ForgettingTest {

  private static final String METERS = "streamId=\"news\"";

  /** A clock that goes on when it is told to. */
  private static final class SetClock extends Clock {
    private volatile Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  private final SetClock clock = new SetClock();
  private final FakeHost host = new FakeHost();
  private final Measurements measurements = new Measurements();
  private final EgressSupervisor egress =
      new EgressSupervisor(host, measurements::forEgress, new Random(2));
  private final StreamRegistry registry =
      new StreamRegistry(
          new StreamServices(
              host,
              new QueryPlans(List.of()),
              new MediaMtxPaths(
                  new MediaMtxConfig("rtsp://mtx:8554", "rtmp://mtx:1935", Optional.empty())),
              egress,
              measurements::forStream,
              measurements::removeStream,
              measurements.forOrchestrator(),
              LifecycleSettings.withGrace(Duration.ofSeconds(30)),
              clock,
              Ticker.SYSTEM),
          0,
          new Random(1),
          Duration.ofMillis(20));

  @AfterEach
  void close() {
    registry.close();
    egress.close();
    measurements.close();
  }

  @Test
  void stream_idleForAnHour_isForgottenWithItsMeters() {
    registry.begin(List.of());
    ready("news");
    ready("sport");
    registry.stop("news").toCompletableFuture().join();
    await().until(() -> state("news").equals(Optional.of(StreamState.IDLE)));
    assertThat(measurements.scrape()).contains(METERS);

    clock.now = clock.now.plus(StreamRegistry.REMEMBER).plusSeconds(1);

    await().until(() -> state("news").isEmpty());
    assertThat(measurements.scrape()).doesNotContain(METERS).contains("streamId=\"sport\"");
    assertThat(state("sport")).contains(StreamState.STARTING);
  }

  @Test
  void log_ofEveryState_namesTheRun() {
    Logger logger = (Logger) LoggerFactory.getLogger(StreamController.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Level before = logger.getLevel();
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
    try {
      registry.begin(List.of());
      String runId = ready("news");
      registry.stop("news").toCompletableFuture().join();
      await().until(() -> state("news").equals(Optional.of(StreamState.IDLE)));

      List<Map<String, String>> states =
          List.copyOf(lines.list).stream()
              .map(ForgettingTest::pairs)
              .filter(pairs -> "stream_state".equals(pairs.get("event")))
              .toList();
      assertThat(states).extracting(pairs -> pairs.get("to")).contains("STARTING", "IDLE");
      assertThat(states).extracting(pairs -> pairs.get("runId")).containsOnly(runId);
    } finally {
      logger.detachAppender(lines);
      logger.setLevel(before);
    }
  }

  private static Map<String, String> pairs(ILoggingEvent line) {
    return line.getKeyValuePairs().stream()
        .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
  }

  private String ready(String streamId) {
    return registry
        .ready(new HookEvent("r", streamId, "live/" + streamId + "/in", "", "rtmpConn", streamId))
        .toCompletableFuture()
        .join()
        .runId();
  }

  private Optional<StreamState> state(String streamId) {
    return registry.stream(streamId).map(view -> view.state());
  }
}
