package dev.livedub.core.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.livedub.core.translate.Translator.SendResult;
import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import dev.livedub.core.translate.TranslatorEvent.Finished;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.translate.TranslatorEvent.SourceKept;
import dev.livedub.core.translate.TranslatorEvent.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Translator} has to keep to. A subclass says how one is made, and for a
 * translator with a service behind it, how that service is made to stall.
 *
 * <p>The time limit of each test stands for "never blocks": it is far above what any call may take
 * and far below for ever.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class TranslatorContract {

  private static final long START_MICROS = 3_600_000_000L;
  private static final int MANY = 3_000;

  private final EventLog log = new EventLog();
  private final List<Translator> created = new ArrayList<>();

  /** A translator that was not started, whose service is well. */
  protected abstract Translator create() throws Exception;

  /** Makes the service behind the translator stop reading and answering. */
  protected void stallService() throws Exception {}

  /** How long what is under way may take to come. */
  protected Duration patience() {
    return Duration.ofSeconds(30);
  }

  @AfterEach
  void closeAll() {
    created.forEach(Translator::close);
  }

  @Test
  void start_healthyService_becomesReady() throws Exception {
    started(log);

    await()
        .atMost(patience())
        .untilAsserted(
            () ->
                assertThat(log.all(Health.class))
                    .extracting(Health::state)
                    .contains(Health.State.READY));
  }

  @Test
  void start_secondTime_isRefused() throws Exception {
    Translator translator = started(log);

    assertThatThrownBy(() -> translator.start(log)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void send_speechBetweenQuiet_eventsLieInTheSourceAndInItsOrder() throws Exception {
    Translator translator = ready(log);
    List<SpeechChunk> source = new ArrayList<>(SpokenChunks.quiet(START_MICROS, 5));
    source.addAll(SpokenChunks.speech(START_MICROS + 500_000, 15));
    source.addAll(SpokenChunks.quiet(START_MICROS + 2_000_000, 10));

    sendAll(translator, source);
    translator.finish();
    awaitAnswer();

    assertEventsLieWithin(START_MICROS, START_MICROS + 3_000_000);
    assertThat(log.overlapped()).as("events one at a time").isFalse();
  }

  @Test
  void send_gapInMediaTime_isTolerated() throws Exception {
    Translator translator = ready(log);
    List<SpeechChunk> source = new ArrayList<>(SpokenChunks.speech(START_MICROS, 10));
    source.addAll(SpokenChunks.speech(START_MICROS + 61_000_000, 10));

    assertThat(sendAll(translator, source)).doesNotContain(SendResult.CLOSED);
    translator.finish();
    awaitAnswer();

    assertEventsLieWithin(START_MICROS, START_MICROS + 62_000_000);
  }

  @Test
  void send_shortLastChunk_isTaken() throws Exception {
    Translator translator = ready(log);
    SpeechChunk whole = SpokenChunks.speech(START_MICROS, 1).get(0);

    SendResult result =
        translator.send(new SpeechChunk(START_MICROS, Arrays.copyOf(whole.samples(), 37)));

    assertThat(result).isEqualTo(SendResult.ACCEPTED);
  }

  @Test
  void send_moreThanAnyServiceTakes_neverBlocks() throws Exception {
    Translator translator = ready(log);

    List<SendResult> results = sendAll(translator, SpokenChunks.speech(START_MICROS, MANY));

    assertThat(results).hasSize(MANY).doesNotContain(SendResult.CLOSED);
  }

  @Test
  void send_serviceStalled_neverBlocks() throws Exception {
    Translator translator = ready(log);
    stallService();

    List<SendResult> results = sendAll(translator, SpokenChunks.speech(START_MICROS, MANY));
    translator.finish();
    translator.close();

    assertThat(results).hasSize(MANY).doesNotContain(SendResult.CLOSED);
  }

  @Test
  void send_listenerStuckOnAnotherThread_neverBlocks() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    Translator translator = started(new EventLog(gate, Thread.currentThread()));
    try {
      List<SendResult> results = sendAll(translator, SpokenChunks.speech(START_MICROS, MANY));
      translator.finish();

      assertThat(results).hasSize(MANY).doesNotContain(SendResult.CLOSED);
    } finally {
      gate.countDown();
    }
  }

  @Test
  void finish_thenSend_answersClosed() throws Exception {
    Translator translator = ready(log);
    sendAll(translator, SpokenChunks.speech(START_MICROS, 5));
    translator.finish();

    SendResult result = translator.send(SpokenChunks.speech(START_MICROS + 500_000, 1).get(0));

    assertThat(result).isEqualTo(SendResult.CLOSED);
  }

  @Test
  void finish_afterSpeech_saysOnceThatAllIsSaid() throws Exception {
    Translator translator = ready(log);
    sendAll(translator, SpokenChunks.speech(START_MICROS, 15));
    assertThat(log.all(Finished.class)).isEmpty();

    translator.finish();
    translator.finish();

    await().atMost(patience()).until(() -> !log.all(Finished.class).isEmpty());
    int events = log.all().size();
    await()
        .during(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(log.all(Finished.class)).hasSize(1));
    assertThat(log.all().subList(events, log.all().size()))
        .allSatisfy(event -> assertThat(event).isInstanceOf(Usage.class));
  }

  @Test
  void setMuted_onAndOff_translatesAgain() throws Exception {
    Translator translator = ready(log);
    translator.setMuted(true);
    translator.setMuted(true);
    translator.setMuted(false);

    sendAll(translator, SpokenChunks.speech(START_MICROS, 15));
    translator.finish();

    awaitAnswer();
  }

  @Test
  void finish_nothingSent_isQuiet() throws Exception {
    Translator translator = ready(log);

    translator.finish();
    translator.close();

    assertThat(log.all(DubAudio.class)).isEmpty();
    assertThat(log.all(SourceKept.class)).isEmpty();
  }

  @Test
  void close_inMidSpeech_noEventComesAfter() throws Exception {
    Translator translator = ready(log);
    sendAll(translator, SpokenChunks.speech(START_MICROS, 20));
    translator.close();
    int events = log.all().size();

    SendResult result = translator.send(SpokenChunks.speech(START_MICROS + 2_000_000, 1).get(0));

    assertThat(result).isEqualTo(SendResult.CLOSED);
    await()
        .during(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(log.all()).hasSize(events));
  }

  @Test
  void close_secondTimeOrByAnotherThread_isQuiet() throws Exception {
    Translator translator = ready(log);
    sendAll(translator, SpokenChunks.speech(START_MICROS, 5));
    Thread other = new Thread(translator::close);

    other.start();
    other.join();
    translator.close();
    translator.finish();

    assertThat(translator.send(SpokenChunks.quiet(START_MICROS + 500_000, 1).get(0)))
        .isEqualTo(SendResult.CLOSED);
  }

  @Test
  void close_neverStarted_isQuiet() throws Exception {
    Translator translator = made();

    translator.close();

    assertThat(translator.send(SpokenChunks.quiet(START_MICROS, 1).get(0)))
        .isEqualTo(SendResult.CLOSED);
  }

  private Translator made() throws Exception {
    Translator translator = create();
    created.add(translator);
    return translator;
  }

  private Translator started(EventLog listener) throws Exception {
    Translator translator = made();
    translator.start(listener);
    return translator;
  }

  private Translator ready(EventLog listener) throws Exception {
    Translator translator = started(listener);
    await()
        .atMost(patience())
        .until(
            () ->
                listener.all(Health.class).stream()
                    .anyMatch(health -> health.state() == Health.State.READY));
    return translator;
  }

  private static List<SendResult> sendAll(Translator translator, List<SpeechChunk> chunks) {
    return chunks.stream().map(translator::send).toList();
  }

  /** What was sent is answered, at least in part. */
  private void awaitAnswer() {
    await()
        .atMost(patience())
        .until(() -> !log.all(DubAudio.class).isEmpty() || !log.all(SourceKept.class).isEmpty());
  }

  private void assertEventsLieWithin(long fromMicros, long toMicros) {
    List<Long> dubMicros =
        log.all(DubAudio.class).stream()
            .filter(audio -> audio.sourceMicros().isPresent())
            .map(audio -> audio.sourceMicros().getAsLong())
            .toList();
    assertThat(dubMicros)
        .isSorted()
        .allSatisfy(micros -> assertThat(micros).isBetween(fromMicros, toMicros - 1));
    List<SourceKept> kept = log.all(SourceKept.class);
    assertThat(kept).extracting(SourceKept::fromMicros).isSorted();
    assertThat(kept)
        .allSatisfy(
            span -> {
              assertThat(span.fromMicros()).isGreaterThanOrEqualTo(fromMicros);
              assertThat(span.toMicros()).isBetween(span.fromMicros() + 1, toMicros);
            });
  }
}
