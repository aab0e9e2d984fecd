package dev.livedub.core.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import dev.livedub.core.translate.TranslatorEvent.SourceKept;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToneTranslatorTest extends TranslatorContract {

  private static final int SAMPLES_PER_CHUNK = 2_400;

  @Override
  protected Translator create() {
    return new ToneTranslator();
  }

  @Test
  void send_speech_isOneToneThatFadesAtItsEndsOnly() {
    EventLog log = answersTo(SpokenChunks.speech(1_000_000, 10), SpokenChunks.quiet(2_000_000, 5));

    short[] tone = run(log);
    long fromMicros = log.all(DubAudio.class).get(0).sourceMicros().getAsLong();

    assertThat(tone.length % SAMPLES_PER_CHUNK).isZero();
    assertThat(tone[0]).isZero();
    assertThat(tone[tone.length - 1]).isCloseTo((short) 0, within((short) 60));
    double radians = 2 * Math.PI * ToneTranslator.TONE_HZ / DubAudio.SAMPLE_RATE_HZ;
    long firstSample = fromMicros * DubAudio.SAMPLE_RATE_HZ / 1_000_000;
    for (int n = 120; n < tone.length - 120; n++) {
      double expected = ToneTranslator.AMPLITUDE * Math.sin((firstSample + n) * radians);
      assertThat((double) tone[n]).isCloseTo(expected, within(1.0));
    }
  }

  @Test
  void send_quiet_isKept() {
    EventLog log = answersTo(SpokenChunks.quiet(0, 20));

    assertThat(log.all(DubAudio.class)).isEmpty();
    assertThat(log.all(SourceKept.class)).hasSize(20);
  }

  @Test
  void send_speechThenGapThenSpeech_saysNothingOfBeforeTheGap() {
    EventLog log = answersTo(SpokenChunks.speech(0, 20), SpokenChunks.speech(12_000_000, 20));

    List<Long> starts =
        log.all(DubAudio.class).stream().map(audio -> audio.sourceMicros().getAsLong()).toList();

    assertThat(starts).contains(12_000_000L);
    assertThat(starts).noneMatch(micros -> micros > 1_900_000 && micros < 12_000_000);
  }

  @Test
  void send_sameSourceTwice_sameTone() {
    assertThat(run(answersTo(SpokenChunks.speech(0, 30))))
        .isEqualTo(run(answersTo(SpokenChunks.speech(0, 30))));
  }

  @SafeVarargs
  private static EventLog answersTo(List<SpeechChunk>... source) {
    EventLog log = new EventLog();
    try (Translator translator = new ToneTranslator()) {
      translator.start(log);
      for (List<SpeechChunk> chunks : source) {
        chunks.forEach(translator::send);
      }
      translator.finish();
    }
    return log;
  }

  /** All tone of a log, which has to be without a gap. */
  private static short[] run(EventLog log) {
    List<Short> run = new ArrayList<>();
    long nextMicros = log.all(DubAudio.class).get(0).sourceMicros().getAsLong();
    for (DubAudio audio : log.all(DubAudio.class)) {
      assertThat(audio.sourceMicros()).hasValue(nextMicros);
      nextMicros += audio.samples().length * 1_000_000L / DubAudio.SAMPLE_RATE_HZ;
      for (short sample : audio.samples()) {
        run.add(sample);
      }
    }
    short[] samples = new short[run.size()];
    for (int n = 0; n < samples.length; n++) {
      samples[n] = run.get(n);
    }
    return samples;
  }
}
