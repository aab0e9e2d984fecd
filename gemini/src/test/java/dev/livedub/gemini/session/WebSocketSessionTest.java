package dev.livedub.gemini.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.Translator.SendResult;
import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import dev.livedub.gemini.config.ApiKey;
import dev.livedub.gemini.config.Credentials;
import dev.livedub.gemini.config.CredentialsException;
import dev.livedub.gemini.config.ModelName;
import dev.livedub.gemini.config.Secret;
import dev.livedub.gemini.config.ServiceAccess;
import dev.livedub.gemini.config.ServiceUrl;
import dev.livedub.gemini.config.SessionSettings;
import dev.livedub.gemini.protocol.AudioFrames;
import dev.livedub.gemini.protocol.SetupFrame;
import dev.livedub.gemini.session.SessionEnd.Kind;
import dev.livedub.gemini.session.SessionEnd.Phase;
import dev.livedub.gemini.transport.ConnectionFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebSocketSessionTest {

  private static final SessionSettings SETTINGS = SessionSettings.of(ModelName.DEFAULT, "es");
  private static final ServiceUrl URL = ServiceUrl.developer();

  private final FakeConnector wire = new FakeConnector();
  private final ManualTimer timer = new ManualTimer();
  private final List<SessionEvent> events = new ArrayList<>();
  private final LiveSession session = session(new ApiKey(new Secret("sesame")), Optional.empty());

  private LiveSession session(Credentials credentials, Optional<String> handle) {
    SessionResources shared =
        new SessionResources(wire, Runnable::run, timer, timer, Duration.ofSeconds(3));
    return new WebSocketSession(
        shared,
        ServiceAccess.developer(URL, credentials),
        SETTINGS,
        handle,
        SetupFrame.encode("models/", SETTINGS, handle));
  }

  @AfterEach
  void stopTimer() {
    timer.shutdownNow();
  }

  @Test
  void open_setUpConfirmed_saysReadyAndHowLongItTook() {
    session.open(events::add);
    assertThat(wire.request().url()).isEqualTo(URL.text());
    assertThat(wire.request().headers()).containsEntry("x-goog-api-key", "sesame");
    assertThat(wire.request().toString()).doesNotContain("sesame");
    wire.opens();
    assertThat(wire.sent).singleElement().asString().startsWith("{\"setup\":");
    assertThat(events).isEmpty();
    timer.pass(Duration.ofMillis(300));
    wire.says("{\"setupComplete\":{}}");
    assertThat(events).containsExactly(new SessionEvent.Ready(Duration.ofMillis(300)));
    assertThat(timer.pending()).isZero();
  }

  @Test
  void open_twice_throws() {
    session.open(events::add);
    assertThatIllegalStateException().isThrownBy(() -> session.open(events::add));
  }

  @Test
  void send_beforeReady_waitsForIt() {
    assertThat(session.send(chunk(0))).isEqualTo(SendResult.UNAVAILABLE);
    session.open(events::add);
    assertThat(session.send(chunk(0))).isEqualTo(SendResult.ACCEPTED);
    wire.opens();
    assertThat(session.send(chunk(1))).isEqualTo(SendResult.ACCEPTED);
    assertThat(wire.sent).hasSize(1);
    assertThat(session.backlog()).isEqualTo(Duration.ofMillis(200));
    assertThat(session.sentMicros()).isEqualTo(Long.MIN_VALUE);
    wire.says("{\"setupComplete\":{}}");
    assertThat(sentSound()).containsExactly(message(0), message(1));
    assertThat(session.sentMicros()).isEqualTo(200_000);
    assertThat(session.backlog()).isZero();
  }

  @Test
  void send_connectionFull_keepsTheNewestAndSaysSo() {
    session.open(events::add);
    wire.isReady();
    wire.queuedBytes = 5L * message(0).length();
    for (int i = 0; i < 20; i++) {
      assertThat(session.send(chunk(i))).isEqualTo(SendResult.ACCEPTED);
    }
    assertThat(session.send(chunk(20))).isEqualTo(SendResult.OVERLOADED);
    assertThat(session.backlog()).isEqualTo(Duration.ofMillis(2_500));
    wire.queuedBytes = 0;
    assertThat(session.send(chunk(21))).isEqualTo(SendResult.OVERLOADED);
    assertThat(sentSound().get(0)).isEqualTo(message(2));
    assertThat(sentSound()).hasSize(20);
    assertThat(session.sentMicros()).isEqualTo(2_200_000);
  }

  @Test
  void endAudio_connectionFull_followsAllSoundWithoutFurtherCalls() {
    session.open(events::add);
    wire.isReady();
    wire.queuedBytes = Long.MAX_VALUE / 1_000_000;
    session.send(chunk(0));
    session.endAudio();
    assertThat(session.send(chunk(1))).isEqualTo(SendResult.CLOSED);
    assertThat(sentSound()).isEmpty();
    wire.queuedBytes = 0;
    timer.pass(Duration.ofMillis(100));
    assertThat(sentSound()).containsExactly(message(0), AudioFrames.END);
    session.endAudio();
    assertThat(sentSound()).hasSize(2);
    assertThat(timer.pending()).isZero();
  }

  @Test
  void messages_ofEveryKind_becomeEventsInOrder() {
    session.open(events::add);
    wire.isReady();
    wire.says(
        "{\"serverContent\":{\"inputTranscription\":{\"text\":\"hello\",\"languageCode\":\"en\"},"
            + "\"outputTranscription\":{\"text\":\"hola\"},\"modelTurn\":{\"parts\":[{"
            + "\"inlineData\":{\"data\":\"AQA=\"}}]}},"
            + "\"usageMetadata\":{\"promptTokenCount\":25,\"responseTokenCount\":24},"
            + "\"sessionResumptionUpdate\":{\"newHandle\":\"h\",\"resumable\":true}}");
    wire.says("nonsense");
    assertThat(events.subList(1, 3))
        .containsExactly(
            new SessionEvent.Transcript(Side.SOURCE, "hello", "en"),
            new SessionEvent.Transcript(Side.TARGET, "hola", null));
    assertThat(((SessionEvent.Audio) events.get(3)).samples24k()).containsExactly(1);
    assertThat(events.subList(4, 6))
        .containsExactly(new SessionEvent.Usage(25, 24), new SessionEvent.Handle("h", true));
    assertThat(events.get(5).toString()).isEqualTo("Handle[resumable=true]");
    assertThat(events.get(6)).isInstanceOf(SessionEvent.Trouble.class);
    assertThat(events).hasSize(7);
  }

  @Test
  void close_byService_endsOnceAsClassified() {
    session.open(events::add);
    wire.isReady();
    wire.hears().onClosed(1011, "Internal error encountered.");
    wire.hears().onFailed(new ConnectionFailure(0, "later"));
    wire.says("{\"goAway\":{}}");
    assertThat(end())
        .isEqualTo(
            new SessionEnd(Kind.RETRY, Phase.LIVE, 1011, "Internal error encountered.", false));
    assertThat(session.send(chunk(0))).isEqualTo(SendResult.CLOSED);
    assertThat(events).hasSize(2);
  }

  @Test
  void close_byServiceAfterGoAway_isPlannedAndSoundFlowedTillThen() {
    session.open(events::add);
    wire.isReady();
    wire.says("{\"goAway\":{\"timeLeft\":\"9.95s\"}}");
    assertThat(session.send(chunk(0))).isEqualTo(SendResult.ACCEPTED);
    assertThat(sentSound()).hasSize(1);
    wire.says("{\"goAway\":{}}");
    wire.hears().onClosed(1008, "");
    assertThat(events.get(1))
        .isEqualTo(new SessionEvent.GoAway(Optional.of(Duration.ofMillis(9_950))));
    assertThat(events.get(2)).isEqualTo(new SessionEvent.GoAway(Optional.empty()));
    assertThat(end().kind()).isEqualTo(Kind.PLANNED);
    assertThat(end().phase()).isEqualTo(Phase.CLOSING);
  }

  @Test
  void failure_whileLiveWithHandle_isResumable() {
    session.open(events::add);
    wire.isReady();
    wire.says("{\"sessionResumptionUpdate\":{\"newHandle\":\"h\",\"resumable\":true}}");
    wire.hears().onFailed(new ConnectionFailure(0, "reset"));
    assertThat(end()).isEqualTo(new SessionEnd(Kind.RETRY, Phase.LIVE, 0, "reset", true));
  }

  @Test
  void failure_handleTakenBack_isNotResumable() {
    session.open(events::add);
    wire.isReady();
    wire.says("{\"sessionResumptionUpdate\":{\"newHandle\":\"h\",\"resumable\":true}}");
    wire.says("{\"sessionResumptionUpdate\":{\"resumable\":false}}");
    wire.hears().onFailed(new ConnectionFailure(0, "reset"));
    assertThat(end().resumable()).isFalse();
  }

  @Test
  void upgrade_refused_isFatalWithoutTheKey() {
    session.open(events::add);
    wire.hears().onFailed(new ConnectionFailure(403, "HTTP 403: key sesame is blocked"));
    assertThat(end())
        .isEqualTo(
            new SessionEnd(Kind.FATAL, Phase.UPGRADE, 403, "HTTP 403: key *** is blocked", false));
  }

  @Test
  void setUp_neverConfirmed_endsAtItsDeadline() {
    session.open(events::add);
    timer.pass(Duration.ofSeconds(6));
    wire.opens();
    timer.pass(Duration.ofSeconds(3));
    assertThat(events).isEmpty();
    timer.pass(Duration.ofSeconds(1));
    assertThat(end())
        .isEqualTo(new SessionEnd(Kind.RETRY, Phase.SETUP, 0, "not ready within 10.0 s", false));
    assertThat(wire.canceled).isTrue();
    wire.says("{\"setupComplete\":{}}");
    assertThat(events).hasSize(1);
  }

  @Test
  void errorMessage_isRefusalAndHangsUp() {
    session.open(events::add);
    wire.isReady();
    wire.says("{\"error\":{\"code\":503,\"message\":\"busy\"}}");
    assertThat(end()).isEqualTo(new SessionEnd(Kind.BACK_OFF, Phase.LIVE, 503, "busy", false));
    assertThat(wire.closed).isTrue();
  }

  @Test
  void close_live_saysNothingButTheEnd() {
    session.open(events::add);
    wire.isReady();
    session.close();
    session.close();
    assertThat(wire.closed).isTrue();
    assertThat(wire.canceled).isFalse();
    wire.says("{\"goAway\":{}}");
    assertThat(events).hasSize(1);
    wire.hears().onClosed(1000, "bye");
    assertThat(end()).isEqualTo(new SessionEnd(Kind.PLANNED, Phase.CLOSING, 1000, "bye", false));
    assertThat(timer.pending()).isZero();
  }

  @Test
  void close_connectionSilent_endsAtItsDeadline() {
    session.open(events::add);
    wire.isReady();
    session.close();
    timer.pass(Duration.ofMillis(2_999));
    assertThat(events).hasSize(1);
    timer.pass(Duration.ofMillis(1));
    assertThat(end().kind()).isEqualTo(Kind.PLANNED);
  }

  @Test
  void close_whileConnecting_breaksOffAtOnce() {
    session.open(events::add);
    session.close();
    assertThat(wire.canceled).isTrue();
    assertThat(events).isEmpty();
    timer.pass(Duration.ZERO);
    assertThat(end().kind()).isEqualTo(Kind.PLANNED);
    wire.isReady();
    assertThat(events).hasSize(1);
    assertThat(wire.sent).isEmpty();
  }

  @Test
  void close_beforeOpen_connectsNothing() {
    session.close();
    session.open(events::add);
    assertThat(end().kind()).isEqualTo(Kind.PLANNED);
    assertThat(wire.isAsked()).isFalse();
    assertThat(session.send(chunk(0))).isEqualTo(SendResult.CLOSED);
  }

  @Test
  void listener_throwingError_isToldOfItAndGetsTheNext() {
    List<SessionEvent> heard = new ArrayList<>();
    session.open(
        event -> {
          heard.add(event);
          throw new AssertionError("listener");
        });
    wire.isReady();
    wire.says("{\"goAway\":{}}");
    wire.hears().onClosed(1008, "");
    assertThat(heard).hasSize(5);
    assertThat(heard.get(1)).isInstanceOf(SessionEvent.Trouble.class);
    assertThat(((SessionEvent.Trouble) heard.get(1)).cause()).hasMessage("listener");
    assertThat(heard.get(2)).isInstanceOf(SessionEvent.GoAway.class);
    assertThat(heard.get(4)).isInstanceOf(SessionEvent.Ended.class);
  }

  @Test
  void listener_closingFromWithin_hearsNothingMoreButTheEnd() {
    session.open(
        event -> {
          events.add(event);
          session.close();
        });
    wire.isReady();
    wire.says("{\"goAway\":{}}");
    wire.hears().onClosed(1000, "");
    assertThat(events).hasSize(2);
    assertThat(end().kind()).isEqualTo(Kind.PLANNED);
  }

  @Test
  void credentials_notToBeHad_endBeforeConnecting() {
    LiveSession without =
        session(
            () -> {
              throw new CredentialsException("none", new IOException("disk"), false);
            },
            Optional.empty());
    without.open(events::add);
    assertThat(end())
        .isEqualTo(
            new SessionEnd(Kind.FATAL, Phase.UPGRADE, 0, "none: java.io.IOException: disk", false));
    assertThat(wire.isAsked()).isFalse();
  }

  @Test
  void resume_deadHandle_isSaidWithoutIt() {
    LiveSession resumed = session(new ApiKey(new Secret("k-1")), Optional.of("handle-7"));
    resumed.open(events::add);
    wire.opens();
    assertThat(wire.sent.get(0)).contains("\"handle\":\"handle-7\"");
    wire.hears().onClosed(1008, "session not found: handle-7");
    assertThat(end())
        .isEqualTo(
            new SessionEnd(Kind.STALE_HANDLE, Phase.SETUP, 1008, "session not found: ***", false));
  }

  private static SpeechChunk chunk(int number) {
    short[] samples = new short[SpeechChunk.SAMPLES];
    samples[0] = (short) number;
    return new SpeechChunk(number * 100_000L, samples);
  }

  private static String message(int number) {
    return new AudioFrames().encode(chunk(number).samples());
  }

  private List<String> sentSound() {
    return wire.sent.subList(1, wire.sent.size());
  }

  /** How the session ended, which is the last event and the only one of its kind. */
  private SessionEnd end() {
    assertThat(events.stream().filter(SessionEvent.Ended.class::isInstance)).hasSize(1);
    return ((SessionEvent.Ended) events.get(events.size() - 1)).end();
  }
}
