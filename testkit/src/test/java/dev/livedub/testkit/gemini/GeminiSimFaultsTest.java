package dev.livedub.testkit.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livedub.testkit.gemini.SimClient.Ending;
import dev.livedub.testkit.gemini.fault.FaultKind;
import dev.livedub.testkit.gemini.fault.FaultPlan;
import dev.livedub.testkit.gemini.fault.KnownClose;
import dev.livedub.testkit.gemini.fault.SimFault;
import dev.livedub.testkit.gemini.record.ClientFault;
import dev.livedub.testkit.gemini.voice.Mark;
import dev.livedub.testkit.gemini.wire.Refusal;
import java.net.ConnectException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiSimFaultsTest {

  private static final double SPEED = 40;

  private static GeminiSim start() {
    return GeminiSim.start(
        GeminiSimOptions.builder()
            .speed(SPEED)
            .pace(Duration.ofSeconds(60), Duration.ofSeconds(60))
            .build());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429, 503})
  void refuseUpgrade_once_answersWithTheStatus(int status) {
    try (GeminiSim sim = start()) {
      sim.order(FaultPlan.next(new SimFault.RefuseUpgrade(status)));
      GeminiSimTest.assertRefused(() -> SimClient.connect(sim, SPEED), status);
      assertThat(sim.faults().hits(FaultKind.REFUSE_UPGRADE)).isOne();
      SimClient.ready(sim, SPEED).close();
    }
  }

  @Test
  void concurrencyCap_reached_answersWith429() {
    try (GeminiSim sim = start()) {
      sim.order(FaultPlan.all(new SimFault.ConcurrencyCap(1)));
      try (SimClient first = SimClient.ready(sim, SPEED)) {
        GeminiSimTest.assertRefused(() -> SimClient.connect(sim, SPEED), 429);
        assertThat(first.hasEnded()).isFalse();
        assertThat(sim.faults().hits(FaultKind.CONCURRENCY_CAP)).isOne();
      }
    }
  }

  @Test
  void unreachable_forAWhile_refusesConnectionsAndThenTakesThem() {
    try (GeminiSim sim = start()) {
      sim.order(FaultPlan.all(new SimFault.Unreachable(Duration.ofSeconds(10))));
      SimClient.eventually().until(() -> sim.faults().hits(FaultKind.UNREACHABLE) == 1);
      assertThatThrownBy(() -> SimClient.connect(sim, SPEED))
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(ConnectException.class);
      SimClient.eventually().ignoreExceptions().until(() -> isReady(sim));
    }
  }

  @ParameterizedTest
  @EnumSource(KnownClose.class)
  void close_ofEveryKnownKind_comesWithItsCodeAndReason(KnownClose known) {
    try (GeminiSim sim = start()) {
      sim.order(FaultPlan.next(known.fault()).afterSetUp(Duration.ofMillis(800)));
      try (SimClient client = SimClient.ready(sim, SPEED)) {
        assertThat(client.awaitEnd())
            .isEqualTo(new Ending(known.code(), Refusal.cut(known.reason()), null));
        assertThat(sim.faults().hits(FaultKind.CLOSE)).isOne();
        SimClient.eventually().until(() -> sim.record().live() == 0);
      }
      assertThat(sim.record().isClean()).isTrue();
    }
  }

  @Test
  void close_beforeSetUp_comesInsteadOfSetupComplete() {
    try (GeminiSim sim = start()) {
      sim.order(FaultPlan.next(KnownClose.INVALID_ARGUMENT.fault()).beforeSetUp());
      try (SimClient client = SimClient.connect(sim, SPEED)) {
        client.send(SimClient.SET_UP);
        assertThat(client.awaitEnd().code()).isEqualTo(1007);
        assertThat(client.messages()).isEmpty();
      }
    }
  }

  @Test
  void close_leftOpen_keepsTheSocketAndBlamesTheClientThatDoes() {
    try (GeminiSim sim = start()) {
      sim.order(
          FaultPlan.next(new SimFault.Close(1011, "x", true)).afterSetUp(Duration.ofSeconds(5)));
      try (SimClient client = SimClient.ready(sim, SPEED)) {
        client.neverAnswerClose();
        assertThat(client.awaitEnd().code()).isEqualTo(1011);
        GeminiSimTest.awaitFault(sim, ClientFault.CLOSE_UNANSWERED);
        GeminiSimTest.awaitFault(sim, ClientFault.SOCKET_LEFT_OPEN);
        assertThat(sim.record().live()).isOne();
      }
    }
  }

  @Test
  void audio_longAfterTheCloseFrame_isTheClientsFault() {
    try (GeminiSim sim = start()) {
      sim.order(
          FaultPlan.next(new SimFault.Close(1011, "x", true)).afterSetUp(Duration.ofSeconds(5)));
      try (SimClient client = SimClient.ready(sim, SPEED)) {
        client.neverAnswerClose();
        client.awaitEnd();
        SimClient.eventually()
            .until(
                () -> {
                  client.sendChunk(new short[1_600]);
                  return sim.record().count(ClientFault.AUDIO_AFTER_CLOSE) == 1;
                });
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RESET", "FIN"})
  void hangUp_inMidStream_endsWithoutACloseFrame(FaultKind kind) {
    try (GeminiSim sim = start()) {
      sim.order(FaultPlan.next(SimFault.of(kind)).atModelTime(Duration.ofSeconds(4)));
      try (SimClient client = SimClient.ready(sim, SPEED)) {
        client.speak(8);
        Ending ending = client.awaitEnd();
        assertThat(ending.error() != null || ending.code() == 1006).isTrue();
        assertThat(sim.faults().hits(kind)).isOne();
        assertThat(sim.record().session(1).inputMillis()).isGreaterThanOrEqualTo(4_000);
      }
    }
  }

  @Test
  void reset_duringSetUp_endsWithoutAWord() {
    try (GeminiSim sim = start()) {
      sim.order(FaultPlan.next(SimFault.of(FaultKind.RESET)).beforeSetUp());
      try (SimClient client = SimClient.connect(sim, SPEED)) {
        client.send(SimClient.SET_UP);
        assertThat(client.awaitEnd().error()).isNotNull();
        assertThat(client.messages()).isEmpty();
      }
    }
  }

  @Test
  void slowSetUp_of5Seconds_takesThem() {
    try (GeminiSim sim = start()) {
      sim.order(FaultPlan.next(new SimFault.SlowSetUp(Duration.ofSeconds(5))));
      long startNanos = System.nanoTime();
      SimClient.ready(sim, SPEED).close();
      assertThat((System.nanoTime() - startNanos) * SPEED).isGreaterThan(5e9);
      assertThat(sim.faults().hits(FaultKind.SLOW_SET_UP)).isOne();
    }
  }

  @Test
  void noSetUp_keepsTheConnectionOpenAndSilent() {
    try (GeminiSim sim = start()) {
      sim.order(FaultPlan.next(SimFault.of(FaultKind.NO_SET_UP)));
      try (SimClient client = SimClient.connect(sim, SPEED)) {
        client.send(SimClient.SET_UP);
        SimClient.eventually().until(() -> sim.faults().hits(FaultKind.NO_SET_UP) == 1);
        SimClient.eventually()
            .during(Duration.ofMillis(300))
            .until(() -> client.messages().isEmpty() && !client.hasEnded());
      }
    }
  }

  @Test
  void stopReading_leavesTheInputUnread() {
    try (GeminiSim sim = start()) {
      sim.order(
          FaultPlan.next(new SimFault.StopReading(SimFault.FOR_EVER))
              .atModelTime(Duration.ofSeconds(2)));
      try (SimClient client = SimClient.ready(sim, SPEED)) {
        client.speak(6);
        assertThat(sim.record().session(1).inputMillis()).isBetween(2_000L, 3_500L);
        assertThat(sim.faults().hits(FaultKind.STOP_READING)).isOne();
      }
    }
  }

  @Test
  void ignoreClose_leavesTheClientsCloseFrameUnanswered() {
    try (GeminiSim sim = start()) {
      sim.order(FaultPlan.next(SimFault.of(FaultKind.IGNORE_CLOSE)));
      try (SimClient client = SimClient.ready(sim, SPEED)) {
        client.closeNormally();
        SimClient.eventually().until(() -> sim.faults().hits(FaultKind.IGNORE_CLOSE) == 1);
        SimClient.eventually().during(Duration.ofMillis(300)).until(() -> !client.hasEnded());
      }
    }
  }

  @Test
  void noPongs_leavesPingsUnanswered() {
    try (GeminiSim sim = start()) {
      sim.order(FaultPlan.next(SimFault.of(FaultKind.NO_PONGS)));
      try (SimClient client = SimClient.ready(sim, SPEED)) {
        client.ping();
        SimClient.eventually().until(() -> sim.faults().hits(FaultKind.NO_PONGS) == 1);
        assertThat(client.pong()).isNotDone();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void stall_of4Seconds_comesInABurstOrIsLost(boolean burst) {
    try (GeminiSim sim = start()) {
      sim.order(
          FaultPlan.next(new SimFault.Stall(Duration.ofSeconds(4), burst))
              .atModelTime(Duration.ofSeconds(6)));
      try (SimClient client = SimClient.ready(sim, SPEED)) {
        client.speak(13);
        int expectedSeconds = burst ? 9 : 5;
        GeminiSimTest.awaitSound(client, expectedSeconds);
        assertThat(client.dub().length / 24_000.0)
            .isBetween(expectedSeconds - 0.5, burst ? 10.5 : 7.5);
        assertThat(sim.faults().hits(FaultKind.STALL)).isGreaterThan(5);
      }
    }
  }

  @Test
  void bursts_at10Times_letGoInClusters() {
    try (GeminiSim sim = start()) {
      sim.order(FaultPlan.next(new SimFault.Bursts(Duration.ofSeconds(4), 10)));
      try (SimClient client = SimClient.ready(sim, SPEED)) {
        client.speak(20);
        GeminiSimTest.awaitSound(client, 12);
        List<Long> nanos = client.soundNanos();
        long longGaps = 0;
        for (int i = 1; i < nanos.size(); i++) {
          longGaps += (nanos.get(i) - nanos.get(i - 1)) * SPEED > 2e9 ? 1 : 0;
        }
        assertThat(longGaps).isBetween(2L, 5L);
        assertThat(sim.faults().hits(FaultKind.BURSTS)).isGreaterThan(20);
        List<Mark> marks = client.marks();
        assertThat(marks)
            .extracting(Mark::number)
            .containsExactlyElementsOf(client.spokenNumbers().subList(0, marks.size()));
      }
    }
  }

  @Test
  void outputRate_of1_2_givesMoreSoundThanInput() {
    try (GeminiSim sim = start()) {
      sim.order(FaultPlan.next(new SimFault.OutputRate(1.2)));
      try (SimClient client = SimClient.ready(sim, SPEED)) {
        client.speak(23);
        GeminiSimTest.awaitSound(client, 23);
        assertThat(client.dub().length).isBetween(23 * 24_000, 25 * 24_000);
      }
    }
  }

  @Test
  void growingLag_makesTheLastSyllablesLater() {
    try (GeminiSim sim = start()) {
      sim.order(FaultPlan.next(new SimFault.GrowingLag(20_000)));
      try (SimClient client = SimClient.ready(sim, SPEED)) {
        client.speak(30);
        GeminiSimTest.awaitSound(client, 26);
        List<Mark> marks = client.marks();
        long first = marks.get(0).lagMicros();
        long last = marks.get(marks.size() - 1).lagMicros();
        assertThat(last - first).isGreaterThan(4_000_000);
        assertThat(sim.faults().hits(FaultKind.GROWING_LAG)).isGreaterThan(10);
      }
    }
  }

  @Test
  void allZero_afterSpeech_staysZeroWhileWordsGoOn() {
    try (GeminiSim sim = start()) {
      sim.order(
          FaultPlan.next(new SimFault.AllZero(SimFault.FOR_EVER))
              .atModelTime(Duration.ofSeconds(9)));
      try (SimClient client = SimClient.ready(sim, SPEED)) {
        client.speak(18);
        GeminiSimTest.awaitSound(client, 14);
        short[] dub = client.dub();
        for (int i = 7 * 24_000; i < dub.length; i++) {
          assertThat(dub[i]).isZero();
        }
        assertThat(client.marks()).isNotEmpty();
        assertThat(client.texts("outputTranscription")).hasSizeGreaterThan(5);
      }
    }
  }

  @Test
  void stuckTone_of3Seconds_isLoudAndEnds() {
    try (GeminiSim sim = start()) {
      sim.order(
          FaultPlan.next(new SimFault.StuckTone(Duration.ofSeconds(3)))
              .atModelTime(Duration.ofSeconds(5)));
      try (SimClient client = SimClient.ready(sim, SPEED)) {
        client.speak(14);
        GeminiSimTest.awaitSound(client, 10);
        long loud = 0;
        for (short sample : client.dub()) {
          loud += Math.abs(sample) > 16_384 ? 1 : 0;
        }
        // A sine of 0.7 is above 0.5 half of the time.
        assertThat(loud).isBetween(24_000L, 48_000L);
      }
    }
  }

  @Test
  void gain_of0_1_isTenTimesQuieter() {
    try (GeminiSim sim = start()) {
      sim.order(FaultPlan.next(new SimFault.Gain(0.1)));
      try (SimClient client = SimClient.ready(sim, SPEED)) {
        client.speak(12);
        GeminiSimTest.awaitSound(client, 8);
        assertThat(client.marks()).isNotEmpty();
        assertThat(client.marks()).allMatch(mark -> Math.abs(mark.levelDbfs() + 38) < 2);
      }
    }
  }

  @Test
  void poisonedResume_hitsTheResumedConnectionOnly() {
    try (GeminiSim sim = start()) {
      sim.order(FaultPlan.all(SimFault.of(FaultKind.POISONED_RESUME)));
      String handle;
      try (SimClient client = SimClient.ready(sim, SPEED)) {
        client.speak(6);
        GeminiSimTest.awaitSound(client, 2);
        Map<String, Object> update =
            client.await(each -> each.containsKey("sessionResumptionUpdate"));
        handle =
            String.valueOf(
                SimClient.at(update, "sessionResumptionUpdate", "newHandle").orElseThrow());
      }
      SimClient.eventually().until(() -> sim.record().live() == 0);
      try (SimClient client = SimClient.connect(sim, SPEED)) {
        client.send(
            SimClient.SET_UP.replace(
                "Resumption\":{", "Resumption\":{\"handle\":\"" + handle + "\""));
        client.await(each -> each.containsKey("setupComplete"));
        client.speak(12);
        SimClient.eventually().until(() -> client.texts("outputTranscription").size() > 2);
        assertThat(client.dub()).isEmpty();
        assertThat(sim.faults().hits(FaultKind.POISONED_RESUME)).isOne();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SimFault.Disorder.class)
  void transcripts_inDisorder_areSo(SimFault.Disorder disorder) {
    try (GeminiSim sim = start()) {
      sim.order(FaultPlan.next(new SimFault.Transcripts(disorder)));
      try (SimClient client = SimClient.ready(sim, SPEED)) {
        client.speak(14);
        SimClient.eventually().until(() -> client.texts("outputTranscription").size() >= 6);
        List<String> texts = client.texts("outputTranscription");
        switch (disorder) {
          case DUPLICATED -> assertThat(texts.get(0)).isEqualTo(texts.get(1));
          case REORDERED -> assertThat(number(texts.get(0))).isGreaterThan(number(texts.get(1)));
          case CUMULATIVE -> assertThat(texts.get(1)).startsWith(texts.get(0));
        }
        assertThat(sim.faults().hits(FaultKind.TRANSCRIPTS)).isGreaterThanOrEqualTo(6);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ODD_PCM", "EMPTY_DATA", "TWO_PARTS", "UNKNOWN_FIELDS", "TEXT_FRAMES"})
  void oddMessages_hurtNoClientThatIsCareful(FaultKind kind) {
    try (GeminiSim sim = start()) {
      sim.order(FaultPlan.next(SimFault.of(kind)));
      try (SimClient client = SimClient.ready(sim, SPEED)) {
        client.speak(13);
        GeminiSimTest.awaitSound(client, 9);
        List<Mark> marks = client.marks();
        assertThat(marks)
            .hasSizeGreaterThan(5)
            .extracting(Mark::number)
            .containsExactlyElementsOf(client.spokenNumbers().subList(0, marks.size()));
        assertThat(sim.faults().hits(kind)).isGreaterThan(10);
        assertThat(client.textFrames() > 0).isEqualTo(kind == FaultKind.TEXT_FRAMES);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HUGE_MESSAGE", "MALFORMED_JSON", "ERROR_MESSAGE"})
  void strangeMessages_comeOnce(FaultKind kind) {
    try (GeminiSim sim = start()) {
      sim.order(FaultPlan.next(SimFault.of(kind)));
      try (SimClient client = SimClient.ready(sim, SPEED)) {
        client.speak(5);
        GeminiSimTest.awaitSound(client, 1);
        HashSet<String> names = new HashSet<>();
        client.messages().forEach(message -> names.addAll(message.keySet()));
        assertThat(names.contains("error")).isEqualTo(kind == FaultKind.ERROR_MESSAGE);
        assertThat(client.notJson()).hasSize(kind == FaultKind.MALFORMED_JSON ? 1 : 0);
        assertThat(sim.record().session(1).bytesOut() > 2_000_000)
            .isEqualTo(kind == FaultKind.HUGE_MESSAGE);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN, 1, 10s",
    "FRACTIONAL, 1, 9.95s",
    "ABSENT, 0, 10s",
    "TWICE, 2, 10s",
    "THEN_SILENCE, 1, 10s"
  })
  void goAway_inEveryForm_endsTheConnection(SimFault.Form form, int times, String timeLeft) {
    try (GeminiSim sim = start()) {
      sim.order(
          FaultPlan.next(new SimFault.GoAway(form, Duration.ofSeconds(10)))
              .afterSetUp(Duration.ofSeconds(6)));
      try (SimClient client = SimClient.ready(sim, SPEED)) {
        client.speak(20);
        assertThat(client.awaitEnd().code()).isEqualTo(1008);
        List<Object> goAways =
            client.messages().stream()
                .flatMap(each -> SimClient.at(each, "goAway", "timeLeft").stream())
                .toList();
        assertThat(goAways).hasSize(times).allMatch(timeLeft::equals);
        List<Map<String, Object>> messages = client.messages();
        assertThat(messages.get(messages.size() - 1).containsKey("goAway"))
            .isEqualTo(form == SimFault.Form.THEN_SILENCE);
      }
    }
  }

  @Test
  void live_plan_hitsTheConnectionsThatAreOpen() {
    try (GeminiSim sim = start();
        SimClient client = SimClient.ready(sim, SPEED)) {
      sim.order(FaultPlan.live(KnownClose.UNAVAILABLE.fault()));
      assertThat(client.awaitEnd().reason()).isEqualTo("The service is currently unavailable.");
      SimClient.ready(sim, SPEED).close();
    }
  }

  @Test
  void connection_plan_hitsTheOneOfThatNumber() {
    try (GeminiSim sim = start()) {
      sim.order(FaultPlan.connection(2, KnownClose.INTERNAL.fault()));
      try (SimClient first = SimClient.ready(sim, SPEED);
          SimClient second = SimClient.ready(sim, SPEED)) {
        assertThat(second.awaitEnd().code()).isEqualTo(1011);
        assertThat(first.hasEnded()).isFalse();
      }
    }
  }

  private static boolean isReady(GeminiSim sim) {
    SimClient.ready(sim, SPEED).close();
    return true;
  }

  private static int number(String text) {
    return Integer.parseInt(text.replaceAll("^ \\w\\w(\\d+).*$", "$1"));
  }
}
