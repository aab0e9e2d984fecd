package dev.livedub.testkit.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.livedub.testkit.gemini.SimClient.Ending;
import dev.livedub.testkit.gemini.record.ClientFault;
import dev.livedub.testkit.gemini.record.SimRecord;
import dev.livedub.testkit.gemini.voice.Mark;
import dev.livedub.testkit.gemini.wire.Json;
import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiSimTest {

  private static final double SPEED = 40;
  private static final int LIFE_SECONDS = 20;

  private static GeminiSimOptions.Builder options() {
    // A loaded machine paces unevenly: at this speed a stall of 0.1 s is one of 4 s.
    return GeminiSimOptions.builder()
        .speed(SPEED)
        .pace(Duration.ofMinutes(2), Duration.ofMinutes(2));
  }

  @Test
  void session_ofMarkedSpeech_isTranslatedMarkByMarkInTime() {
    try (GeminiSim sim = GeminiSim.start(options().build());
        SimClient client = SimClient.ready(sim, SPEED)) {
      client.speak(30);
      awaitSound(client, 26);
      List<Mark> marks = client.marks();
      List<Integer> spoken = client.spokenNumbers();
      assertThat(marks).hasSizeGreaterThan(30);
      assertThat(marks)
          .extracting(Mark::number)
          .containsExactlyElementsOf(spoken.subList(0, marks.size()));
      for (Mark mark : marks) {
        // Output begins 3 s after the input.
        long lagMicros = mark.lagMicros() + 3_000_000;
        assertThat(lagMicros).isBetween(3_150_000L, 4_500_000L);
      }
      assertThat(sim.record().faultCounts()).isEmpty();
      assertThat(sim.record().session(1).heard()).startsWith(2, 3);
      assertThat(sim.record().session(1).spoken()).startsWith(2, 3);
    }
  }

  @Test
  void session_output_hasItsPartsInProportion() {
    try (GeminiSim sim = GeminiSim.start(options().build());
        SimClient client = SimClient.ready(sim, SPEED)) {
      client.speak(23);
      awaitSound(client, 20);
      long prompt = sum(client, "promptTokenCount");
      assertThat(prompt).isCloseTo(23 * 25, within(30L));
      assertThat(sum(client, "responseTokenCount")).isCloseTo(20 * 25, within(60L));
      assertThat(sum(client, "totalTokenCount"))
          .isEqualTo(prompt + sum(client, "responseTokenCount"));
      assertThat(count(client, "sessionResumptionUpdate", "newHandle")).isBetween(10L, 11L);
      String source = String.join("", client.texts("inputTranscription"));
      String target = String.join("", client.texts("outputTranscription"));
      assertThat(source).startsWith(" en2 en3 ").contains(".");
      assertThat(target).startsWith(" es2 es3 ").contains(".");
      assertThat(source.replace("en", "es")).startsWith(target.substring(0, 40));
      assertThat(client.textFrames()).isZero();
    }
  }

  @Test
  void session_withoutInput_standsStill() {
    try (GeminiSim sim = GeminiSim.start(options().build());
        SimClient client = SimClient.ready(sim, SPEED)) {
      client.speak(5);
      awaitSound(client, 2);
      // Twenty seconds of the simulator's clock.
      SimClient.eventually()
          .during(500, TimeUnit.MILLISECONDS)
          .until(() -> client.dub().length <= 3 * 24_000);
    }
  }

  @Test
  void session_inSilence_givesSoundAndSignsOfLife() {
    try (GeminiSim sim = GeminiSim.start(options().build());
        SimClient client = SimClient.ready(sim, SPEED)) {
      for (int i = 0; i < 130; i++) {
        client.sendChunk(new short[1_600]);
      }
      awaitSound(client, 10);
      assertThat(client.dub()).containsOnly((short) 0);
      assertThat(count(client, "serverContent", "outputTranscription")).isBetween(5L, 7L);
      assertThat(client.texts("outputTranscription")).isEmpty();
    }
  }

  @Test
  void vertex_withItsAddressTokenAndModelName_isReady() {
    try (GeminiSim sim = GeminiSim.start(options().build());
        SimClient client = SimClient.connectToVertex(sim, SPEED)) {
      client.send(
          SimClient.SET_UP.replace(
              "models/", "projects/p/locations/global/publishers/google/models/"));
      client.await(message -> message.containsKey("setupComplete"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"responseModalities\" | \"responseModality\" | 1007 | Unknown name \"responseModality\" at"
            + " 'setup.generation_config': Cannot find field.",
        "\"translationConfig\" | \"inputAudioTranscription\":{},\"translationConfig\" | 1007 |"
            + " Unknown name \"inputAudioTranscription\" at 'setup.generation_config': Cannot find",
        "[\"AUDIO\"] | [\"TEXT\"] | 1007 | Request contains an invalid argument.",
        "\"sessionResumption\":{} | \"sessionResumption\":{\"handle\":\"abc\"} | 1007 | Invalid"
            + " session handle",
        "\"sessionResumption\":{} |"
            + " \"sessionResumption\":{\"handle\":\"sim-00000000000000000000000000000000\"} | 1008 |"
            + " session not found",
        "live-translate-preview | live-unknown | 1008 | models/gemini-3.5-live-unknown is not found",
        "true | \"yes\" | 1007 | Invalid value at 'setup.generation_config.translation_config",
        "{\"setup\" | {\"setup\":{},\"setup\" | 1007 | Invalid JSON payload received.",
      })
  void setUp_withAMistake_isRefused(String what, String instead, int code, String reason) {
    try (GeminiSim sim = GeminiSim.start(options().build());
        SimClient client = SimClient.connect(sim, SPEED)) {
      assertThat(SimClient.SET_UP).contains(what);
      client.send(SimClient.SET_UP.replace(what, instead));
      Ending ending = client.awaitEnd();
      assertThat(ending.code()).isEqualTo(code);
      assertThat(ending.reason()).contains(reason);
      assertThat(client.messages()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"realtimeInput\":{\"mediaChunks\":[{\"data\":\"\",\"mimeType\":\"audio/pcm\"}]}}",
        "{\"realtimeInput\":{\"text\":\"hello\"}}",
        "{\"clientContent\":{\"turnComplete\":true}}",
        "{\"realtimeInput\":{\"audio\":{\"data\":\"!\",\"mimeType\":\"audio/pcm;rate=16000\"}}}",
        "{\"realtimeInput\":{\"audio\":{\"data\":\"AAAA\",\"mimeType\":\"audio/wav\"}}}",
        "{\"realtimeInput\":{\"sound\":{}}}",
        "not json",
        SimClient.SET_UP,
      })
  void message_thatIsNotTaken_endsWith1007(String message) {
    try (GeminiSim sim = GeminiSim.start(options().build());
        SimClient client = SimClient.ready(sim, SPEED)) {
      client.send(message);
      assertThat(client.awaitEnd().code()).isEqualTo(1007);
      assertThat(sim.record().count(ClientFault.REFUSED_MESSAGE)).isOne();
    }
  }

  @Test
  void realtimeInput_withUnderscores_isTaken() {
    try (GeminiSim sim = GeminiSim.start(options().build());
        SimClient client = SimClient.ready(sim, SPEED)) {
      client.send(
          SimClient.audioMessage(new byte[3_200], "audio/pcm;rate=16000")
              .replace("realtimeInput", "realtime_input")
              .replace("mimeType", "mime_type"));
      SimClient.eventually().until(() -> sim.record().session(1).inputMillis() == 100);
    }
  }

  @Test
  void audio_beforeSetupComplete_isTheClientsFault() {
    try (GeminiSim sim = GeminiSim.start(options().speed(1).build());
        SimClient client = SimClient.connect(sim, 1)) {
      client.send(SimClient.SET_UP);
      client.sendChunk(new short[1_600]);
      client.await(message -> message.containsKey("setupComplete"));
      assertThat(sim.record().count(ClientFault.AUDIO_BEFORE_SETUP_COMPLETE)).isOne();
      assertThat(sim.record().session(1).inputMillis()).isZero();
    }
  }

  @Test
  void audio_beforeSetUp_isRefused() {
    try (GeminiSim sim = GeminiSim.start(options().build());
        SimClient client = SimClient.connect(sim, SPEED)) {
      client.sendChunk(new short[1_600]);
      assertThat(client.awaitEnd().code()).isEqualTo(1007);
      assertThat(sim.record().count(ClientFault.WRONG_BEGINNING)).isOne();
    }
  }

  @ParameterizedTest
  @CsvSource({"en-US", "xx", "pt"})
  void targetLanguage_thatIsNotSpoken_diesAfterTheSetUp(String tag) {
    try (GeminiSim sim = GeminiSim.start(options().build());
        SimClient client = SimClient.connect(sim, SPEED)) {
      client.send(SimClient.SET_UP.replace("\"es\"", "\"" + tag + "\""));
      client.await(message -> message.containsKey("setupComplete"));
      assertThat(client.awaitEnd())
          .isEqualTo(new Ending(1007, "Request contains an invalid argument.", null));
    }
  }

  @Test
  void translationConfig_leftOut_givesZerosAndNoWords() {
    try (GeminiSim sim = GeminiSim.start(options().build());
        SimClient client = SimClient.connect(sim, SPEED)) {
      client.send(SimClient.SET_UP.replaceAll("(?s),\\s*\"translationConfig\":\\{[^}]*\\}", ""));
      client.await(message -> message.containsKey("setupComplete"));
      client.speak(13);
      awaitSound(client, 9);
      assertThat(client.dub()).containsOnly((short) 0);
      assertThat(client.texts("outputTranscription")).isEmpty();
    }
  }

  @Test
  void echo_switchedOffForTheSourcesLanguage_isSilence() {
    try (GeminiSim sim = GeminiSim.start(options().sourceLanguage("es").build());
        SimClient client = SimClient.connect(sim, SPEED)) {
      client.send(SimClient.SET_UP.replace("true", "false"));
      client.await(message -> message.containsKey("setupComplete"));
      client.speak(13);
      awaitSound(client, 9);
      assertThat(client.marks()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "invalid-key, 1007, API key not valid",
    "expired-key, 1007, API key expired",
    "no-quota-key, 1011, You exceeded your current quota",
  })
  void key_thatIsBad_isToldByTheCloseFrame(String key, int code, String reason) {
    try (GeminiSim sim = GeminiSim.start(options().build());
        SimClient client = SimClient.connect(sim, SPEED, key)) {
      client.send(SimClient.SET_UP);
      Ending ending = client.awaitEnd();
      assertThat(ending.code()).isEqualTo(code);
      assertThat(ending.reason()).startsWith(reason);
      assertThat(sim.record().toString()).doesNotContain(key);
    }
  }

  @ParameterizedTest
  @CsvSource({"unauthorized-key, 401", "forbidden-key, 403", "rate-limited-key, 429"})
  void key_thatIsRefused_isToldByTheStatus(String key, int status) {
    try (GeminiSim sim = GeminiSim.start(options().build())) {
      assertRefused(() -> SimClient.connect(sim, SPEED, key), status);
    }
  }

  @Test
  void life_whenOver_endsWithGoAwayAndClose() {
    try (GeminiSim sim =
            GeminiSim.start(
                options().life(Duration.ofSeconds(LIFE_SECONDS), Duration.ofSeconds(5)).build());
        SimClient client = SimClient.ready(sim, SPEED)) {
      client.speak(LIFE_SECONDS + 6);
      Ending ending = client.awaitEnd();
      assertThat(client.messages().stream().flatMap(each -> SimClient.at(each, "goAway").stream()))
          .containsExactly(Map.of("timeLeft", "5s"));
      assertThat(ending.code()).isEqualTo(1008);
    }
  }

  @Test
  void idleness_endsWith1008() {
    try (GeminiSim sim = GeminiSim.start(options().idleLimit(Duration.ofSeconds(10)).build());
        SimClient client = SimClient.ready(sim, SPEED)) {
      assertThat(client.awaitEnd()).isEqualTo(new Ending(1008, "The operation was aborted.", null));
      assertThat(sim.record().count(ClientFault.IDLE)).isOne();
    }
  }

  @Test
  void handle_ofAnOpenConnection_isRefusedAndOfAClosedOneTaken() {
    try (GeminiSim sim = GeminiSim.start(options().build());
        SimClient first = SimClient.ready(sim, SPEED);
        SimClient second = SimClient.connect(sim, SPEED);
        SimClient third = SimClient.connect(sim, SPEED)) {
      first.speak(3);
      Map<String, Object> update = first.await(each -> each.containsKey("sessionResumptionUpdate"));
      String handle =
          String.valueOf(
              SimClient.at(update, "sessionResumptionUpdate", "newHandle").orElseThrow());
      String setUp =
          SimClient.SET_UP.replace(
              "\"sessionResumption\":{}", "\"sessionResumption\":{\"handle\":\"" + handle + "\"}");
      second.send(setUp);
      assertThat(second.awaitEnd().code()).isEqualTo(1011);
      assertThat(sim.record().count(ClientFault.HANDLE_IN_USE)).isOne();
      first.abort();
      SimClient.eventually().until(() -> sim.record().session(1).endedMillis().isPresent());
      third.send(setUp);
      third.await(each -> each.containsKey("setupComplete"));
      assertThat(sim.record().session(3).resumed()).isTrue();
      assertThat(sim.record().toString()).doesNotContain(handle);
    }
  }

  @Test
  void clientFaults_ofSizePaceAndOrder_areRecorded() {
    GeminiSimOptions options =
        options().speed(1).pace(Duration.ofSeconds(2), Duration.ofMillis(300)).build();
    try (GeminiSim sim = GeminiSim.start(options);
        SimClient client = SimClient.ready(sim, 1)) {
      client.sendChunk(new short[800]);
      client.sendChunk(new short[1_600]);
      client.sendChunk(new short[3_200]);
      client.send(SimClient.audioMessage(new byte[3_200], "audio/pcm;rate=24000"));
      awaitFault(sim, ClientFault.WRONG_FORMAT);
      assertThat(sim.record().count(ClientFault.WRONG_CHUNK_SIZE)).isEqualTo(2);
      assertThat(sim.record().count(ClientFault.TOO_FAST)).isZero();
      for (int i = 0; i < 30; i++) {
        client.sendChunk(new short[1_600]);
      }
      awaitFault(sim, ClientFault.TOO_FAST);
      SimClient.eventually()
          .pollDelay(Duration.ofMillis(400))
          .untilAsserted(() -> assertThat(sim.record().count(ClientFault.INPUT_GAP)).isZero());
      client.sendChunk(new short[1_600]);
      awaitFault(sim, ClientFault.INPUT_GAP);
    }
  }

  @Test
  void clientFaults_ofSpeechThatComesTwice_areRecorded() {
    try (GeminiSim sim = GeminiSim.start(options().build());
        SimClient client = SimClient.ready(sim, SPEED)) {
      client.speak(6);
      client.skip(-5);
      client.speak(5);
      awaitFault(sim, ClientFault.WRONG_ORDER);
    }
  }

  @Test
  void clientFaults_ofReconnecting_areRecorded() {
    // A storm is one of so many a second: a busy machine makes none at the other tests' speed.
    try (GeminiSim sim = GeminiSim.start(options().speed(1).build())) {
      for (int i = 0; i < 8; i++) {
        assertRefused(() -> SimClient.connect(sim, 1, "forbidden-key"), 403);
      }
      assertThat(sim.record().count(ClientFault.RECONNECT_STORM)).isBetween(1L, 2L);
      assertThat(sim.record().attemptMillis()).hasSize(8);
      assertThat(sim.record().upgrades()).isZero();
    }
  }

  @Test
  void pongs_takeAsLongAsMeasured() {
    try (GeminiSim sim = GeminiSim.start(options().build());
        SimClient client = SimClient.ready(sim, SPEED)) {
      long askedNanos = System.nanoTime();
      client.ping();
      long nanos = client.pong().orTimeout(10, TimeUnit.SECONDS).join() - askedNanos;
      assertThat(nanos * SPEED).isGreaterThan(8e9);
    }
  }

  @Test
  void close_byTheClient_isAnsweredAndRecorded() {
    try (GeminiSim sim = GeminiSim.start(options().build());
        SimClient client = SimClient.ready(sim, SPEED)) {
      client.closeNormally();
      assertThat(client.awaitEnd().code()).isEqualTo(1000);
      SimClient.eventually().until(() -> sim.record().live() == 0);
      SimRecord record = sim.record();
      assertThat(record.session(1).end().orElseThrow().code()).isEqualTo(1000);
      assertThat(record.isClean()).isTrue();
    }
  }

  @Test
  void json_ofNumbersAndNulls_isPlainJava() throws IOException {
    assertThat(Json.parseObject("{\"a\":[1,2.5,true,null,\"x\"]}"))
        .isEqualTo(Map.of("a", List.of(1L, 2.5, true, "x")));
  }

  static void assertRefused(Runnable connect, int status) {
    assertThatThrownBy(connect::run)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(status));
  }

  static void awaitFault(GeminiSim sim, ClientFault fault) {
    SimClient.eventually().untilAsserted(() -> assertThat(sim.record().count(fault)).isPositive());
  }

  static void awaitSound(SimClient client, int seconds) {
    SimClient.eventually().until(() -> client.dub().length >= seconds * 24_000);
  }

  private static long sum(SimClient client, String field) {
    return client.messages().stream()
        .flatMap(each -> SimClient.at(each, "usageMetadata", field).stream())
        .mapToLong(value -> (Long) value)
        .sum();
  }

  private static long count(SimClient client, String... path) {
    return client.messages().stream().filter(each -> SimClient.at(each, path).isPresent()).count();
  }
}
