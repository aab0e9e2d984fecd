package dev.livedub.gemini.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livedub.core.config.GeminiConfig;
import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.gemini.config.ServiceAccess;
import dev.livedub.gemini.config.SessionSettings;
import dev.livedub.gemini.session.SessionEnd.Kind;
import dev.livedub.gemini.session.SessionEnd.Phase;
import dev.livedub.testkit.gemini.GeminiSim;
import dev.livedub.testkit.gemini.GeminiSimOptions;
import dev.livedub.testkit.gemini.fault.FaultKind;
import dev.livedub.testkit.gemini.fault.FaultPlan;
import dev.livedub.testkit.gemini.fault.SimFault;
import dev.livedub.testkit.gemini.voice.MarkedSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions of ours against the simulated service, whose record tells what they do wrong. */
class SimulatedServiceTest {

  /** The service's clock and ours go so many times as fast as the wall's. */
  private static final int SPEED = 4;

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final GeminiSim sim =
      GeminiSim.start(
          GeminiSimOptions.builder()
              .speed(SPEED)
              // The pace is this test's own, and no better than the machine.
              .pace(Duration.ofMinutes(2), Duration.ofMinutes(2))
              .build());
  private final LiveClient client = new LiveClient();
  private final ScheduledExecutorService speaker = Executors.newSingleThreadScheduledExecutor();
  private final List<SessionEvent> events = new CopyOnWriteArrayList<>();

  @AfterEach
  void freeEverything() {
    speaker.shutdownNow();
    client.close();
    sim.close();
  }

  @Test
  void session_speechAtRealTime_isTranslatedAndNothingIsHeldAgainstUs() {
    LiveSession session = open("key", ModelAndLanguage.GOOD);
    await().atMost(LIMIT).until(() -> heard(SessionEvent.Audio.class) >= 40);
    assertThat(heard(SessionEvent.Ready.class)).isEqualTo(1);
    assertThat(events.stream().anyMatch(SimulatedServiceTest::isAudible)).isTrue();
    assertThat(heard(SessionEvent.Transcript.class)).isPositive();
    assertThat(heard(SessionEvent.Usage.class)).isPositive();
    assertThat(heard(SessionEvent.Handle.class)).isPositive();
    assertThat(heard(SessionEvent.Trouble.class)).isZero();
    assertThat(session.backlog()).isLessThan(Duration.ofSeconds(1));
    speaker.shutdownNow();
    session.close();
    assertThat(end().kind()).isEqualTo(Kind.PLANNED);
    await().atMost(LIMIT).until(() -> sim.record().live() == 0);
    assertThat(sim.record().faults()).isEmpty();
    assertThat(sim.record().session(1).heard()).isNotEmpty().isSorted();
  }

  @Test
  void session_connectionReset_asksForAnother() {
    sim.order(FaultPlan.next(SimFault.of(FaultKind.RESET)).atModelTime(Duration.ofSeconds(2)));
    open("key", ModelAndLanguage.GOOD);
    assertThat(end().kind()).isEqualTo(Kind.RETRY);
    assertThat(end().phase()).isEqualTo(Phase.LIVE);
  }

  @Test
  void session_connectionEndedWithoutCloseFrame_asksForAnother() {
    sim.order(FaultPlan.next(SimFault.of(FaultKind.FIN)).atModelTime(Duration.ofSeconds(2)));
    open("key", ModelAndLanguage.GOOD);
    assertThat(end().kind()).isEqualTo(Kind.RETRY);
  }

  @Test
  void session_closedWithTheSocketLeftOpen_isAnsweredAndFreed() {
    sim.order(
        FaultPlan.next(new SimFault.Close(1011, "Internal error encountered.", true))
            .atModelTime(Duration.ofSeconds(2)));
    open("key", ModelAndLanguage.GOOD);
    assertThat(end().kind()).isEqualTo(Kind.RETRY);
    assertThat(end().code()).isEqualTo(1011);
    await().atMost(LIMIT).until(() -> sim.record().live() == 0);
    assertThat(sim.record().faults()).isEmpty();
  }

  @Test
  void session_quotaUsedUp_saysSo() {
    open("no-quota-key", ModelAndLanguage.GOOD);
    assertThat(end().kind()).isEqualTo(Kind.QUOTA);
    assertThat(end().phase()).isEqualTo(Phase.LIVE);
  }

  @Test
  void session_wrongKey_isFatalAndUnquoted() {
    open("invalid-key", ModelAndLanguage.GOOD);
    assertThat(end().kind()).isEqualTo(Kind.FATAL);
    assertThat(end().phase()).isEqualTo(Phase.SETUP);
    assertThat(end().reason()).contains("API key not valid").doesNotContain("invalid-key");
  }

  @Test
  void session_keyRefusedAtTheDoor_isFatalOrToBeTriedLater() {
    open("unauthorized-key", ModelAndLanguage.GOOD);
    assertThat(end().kind()).isEqualTo(Kind.FATAL);
    assertThat(end().code()).isEqualTo(401);
    events.clear();
    open("rate-limited-key", ModelAndLanguage.GOOD);
    assertThat(end().kind()).isEqualTo(Kind.BACK_OFF);
    assertThat(end().phase()).isEqualTo(Phase.UPGRADE);
  }

  @Test
  void session_noSuchModel_isFatal() {
    open("key", new ModelAndLanguage("gemini-none", "es"));
    assertThat(end().kind()).isEqualTo(Kind.FATAL);
    assertThat(end().code()).isEqualTo(1008);
  }

  @Test
  void session_oddHugeAndMalformedMessages_areSurvived() {
    for (FaultKind kind :
        List.of(
            FaultKind.ODD_PCM,
            FaultKind.EMPTY_DATA,
            FaultKind.TWO_PARTS,
            FaultKind.HUGE_MESSAGE,
            FaultKind.MALFORMED_JSON,
            FaultKind.UNKNOWN_FIELDS,
            FaultKind.TEXT_FRAMES)) {
      sim.order(FaultPlan.next(SimFault.of(kind)));
    }
    open("key", ModelAndLanguage.GOOD);
    await().atMost(LIMIT).until(() -> heard(SessionEvent.Audio.class) >= 40);
    assertThat(heard(SessionEvent.Trouble.class)).isPositive();
    assertThat(heard(SessionEvent.Ended.class)).isZero();
    assertThat(sim.record().faults()).isEmpty();
  }

  /** What a session asks for. */
  private record ModelAndLanguage(String model, String language) {
    private static final ModelAndLanguage GOOD =
        new ModelAndLanguage(GeminiConfig.DEFAULTS.model(), "es");
  }

  /** Opens a session and speaks into it at the service's pace. */
  private LiveSession open(String key, ModelAndLanguage asked) {
    GeminiConfig config =
        new GeminiConfig(
            Optional.of(sim.url()),
            asked.model(),
            Optional.empty(),
            GeminiConfig.Budget.UNLIMITED,
            Optional.empty());
    LiveSession session =
        client
            .sessions(
                ServiceAccess.find(config, Map.of("GEMINI_API_KEY", key)),
                SessionSettings.of(asked.model(), asked.language()))
            .create(Optional.empty());
    MarkedSource source = new MarkedSource(SpeechChunk.SAMPLE_RATE_HZ, 1);
    AtomicInteger number = new AtomicInteger();
    session.open(
        event -> {
          events.add(event);
          if (event instanceof SessionEvent.Ready) {
            Future<?> unused =
                speaker.scheduleAtFixedRate(
                    () -> session.send(chunk(source, number.getAndIncrement())),
                    0,
                    SpeechChunk.MILLIS / SPEED,
                    TimeUnit.MILLISECONDS);
          }
        });
    return session;
  }

  private static SpeechChunk chunk(MarkedSource source, int number) {
    long fromSample = (long) number * SpeechChunk.SAMPLES;
    return new SpeechChunk(
        number * (SpeechChunk.MILLIS * 1_000L), source.pcm(fromSample, SpeechChunk.SAMPLES));
  }

  private long heard(Class<? extends SessionEvent> kind) {
    return events.stream().filter(kind::isInstance).count();
  }

  private static boolean isAudible(SessionEvent event) {
    if (event instanceof SessionEvent.Audio audio) {
      for (short sample : audio.samples24k()) {
        if (Math.abs(sample) > 1_000) {
          return true;
        }
      }
    }
    return false;
  }

  private SessionEnd end() {
    await().atMost(LIMIT).until(() -> heard(SessionEvent.Ended.class) == 1);
    return ((SessionEvent.Ended) events.get(events.size() - 1)).end();
  }
}
