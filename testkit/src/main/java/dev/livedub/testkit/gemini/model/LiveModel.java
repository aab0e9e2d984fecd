package dev.livedub.testkit.gemini.model;

import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.testkit.gemini.fault.SimFault.Disorder;
import dev.livedub.testkit.gemini.wire.SetupRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;

/**
 * The interpreter of one session. Its time is the sound that it was given: without input it stands
 * still.
 *
 * <p><b>Threading</b>: not for use by several threads.
 */
public final class LiveModel {

  /** Tokens a second, each way. */
  public static final int TOKENS_PER_SECOND = 25;

  private static final long SECOND_MICROS = 1_000_000;
  private static final long SIGN_OF_LIFE_MICROS = 2_000_000;
  private static final long SOURCE_WORDS_AFTER_MICROS = 2_000_000;
  private static final long TARGET_WORDS_BEFORE_MICROS = 500_000;
  private static final long SOUND_CHUNK_MICROS = 250_000;

  private final SetupRequest request;
  private final IntConsumer heard;
  private final String sourceLanguage;
  private final String targetLanguage;
  private final boolean speaks;
  private final long handleEveryMicros;
  private final Ear ear = new Ear();
  private final Interpreter interpreter;
  private final Mouth mouth;
  private final Scribe sourceScribe;
  private final Scribe targetScribe;
  private long heardSamples;
  private long nextUsageMicros = SECOND_MICROS;
  private long inputTokens;
  private long outputTokens;
  private long outputMicros;
  private long nextHandleMicros;
  private long lastWordsMicros;
  private long noSoundUntilMicros;
  private long lateSyllables;

  /**
   * An interpreter that has heard nothing.
   *
   * @param heard told the number of each syllable that is understood
   */
  public LiveModel(ModelSettings settings, SetupRequest request, long seed, IntConsumer heard) {
    this.request = request;
    this.heard = heard;
    sourceLanguage = settings.sourceLanguage();
    targetLanguage = request.targetLanguage().orElse(sourceLanguage);
    speaks =
        request.targetLanguage().isPresent()
            && (request.echoTargetLanguage() || !targetLanguage.equals(sourceLanguage));
    handleEveryMicros = micros(settings.handleEvery());
    nextHandleMicros = handleEveryMicros;
    interpreter = new Interpreter(settings, new Random(seed));
    mouth = new Mouth(micros(settings.leadIn()), settings.syllableMillis());
    sourceScribe = new Scribe(sourceLanguage, SOURCE_WORDS_AFTER_MICROS, Syllable::inMicros);
    targetScribe = new Scribe(targetLanguage, -TARGET_WORDS_BEFORE_MICROS, Syllable::outMicros);
  }

  /** How much it has heard. */
  public long modelMicros() {
    return heardSamples * SECOND_MICROS / SpeechChunk.SAMPLE_RATE_HZ;
  }

  /** Hears sound at 16 kHz and gives what it has to say by then, in order. */
  public List<ModelEvent> hear(short[] samples) {
    heardSamples += samples.length;
    for (Ear.Understood understood : ear.hear(samples)) {
      heard.accept(understood.number());
      Syllable syllable = interpreter.translate(understood.number(), understood.onsetMicros());
      lateSyllables += interpreter.isLate(understood.onsetMicros()) ? 1 : 0;
      sourceScribe.add(syllable);
      if (speaks) {
        targetScribe.add(syllable);
        mouth.add(syllable);
      }
    }
    List<ModelEvent> events = new ArrayList<>();
    addWords(events);
    addSound(events);
    addUsage(events);
    addHandles(events);
    events.sort(Comparator.comparingLong(ModelEvent::atMicros));
    return events;
  }

  /** From now on output runs at so many times real time. */
  public void rate(double factor) {
    mouth.rate(factor);
  }

  /** From now on the voice is so many times as loud. */
  public void gain(double factor) {
    mouth.gain(factor);
  }

  /** Zeros for so much input. */
  public void zero(Duration lasts) {
    mouth.zeroUntil(modelMicros() + micros(lasts));
  }

  /** A loud tone for so much input. */
  public void tone(Duration lasts) {
    mouth.toneUntil(modelMicros() + micros(lasts));
  }

  /** No sound for so much input; words and everything else come. */
  public void noSound(Duration lasts) {
    noSoundUntilMicros = modelMicros() + micros(lasts);
  }

  /** From now on the lag grows by so much a minute. */
  public void growLag(double millisPerMinute) {
    interpreter.growLag(millisPerMinute, modelMicros());
  }

  /** From now on the words on both sides are not as they should be. */
  public void disturbWords(Disorder how) {
    sourceScribe.disturb(how);
    targetScribe.disturb(how);
  }

  /** Whether words are not as they should be. */
  public boolean wordsAreDisturbed() {
    return targetScribe.isDisturbed();
  }

  /** How many syllables were delayed by a lag that had grown. */
  public long lateSyllables() {
    return lateSyllables;
  }

  /** What is wrong with sound that was made at an input time. */
  public Impairment impairment(long atMicros) {
    return new Impairment(
        mouth.isZeroAt(atMicros), mouth.hasToneAt(atMicros), mouth.gain() != 1, mouth.rate() != 1);
  }

  /** What can be wrong with sound. */
  public record Impairment(boolean zero, boolean tone, boolean gain, boolean rate) {}

  /** Whether sound is left out at an input time. */
  public boolean isSoundless(long atMicros) {
    return atMicros < noSoundUntilMicros;
  }

  private void addWords(List<ModelEvent> events) {
    long nowMicros = modelMicros();
    for (Scribe.Fragment each : sourceScribe.due(nowMicros)) {
      if (request.transcribesInput()) {
        events.add(new ModelEvent.SourceWords(each.atMicros(), each.text(), sourceLanguage));
      }
    }
    List<Scribe.Fragment> target = targetScribe.due(nowMicros);
    if (!request.transcribesOutput()) {
      return;
    }
    for (Scribe.Fragment each : target) {
      lastWordsMicros = Math.max(lastWordsMicros, each.atMicros());
      events.add(new ModelEvent.TargetWords(each.atMicros(), each.text(), targetLanguage));
    }
    while (lastWordsMicros + SIGN_OF_LIFE_MICROS <= nowMicros) {
      lastWordsMicros += SIGN_OF_LIFE_MICROS;
      events.add(new ModelEvent.TargetWords(lastWordsMicros, "", targetLanguage));
    }
  }

  private void addSound(List<ModelEvent> events) {
    while (mouth.nextMicros() <= modelMicros()) {
      events.add(mouth.next());
      outputMicros += SOUND_CHUNK_MICROS;
    }
  }

  private void addUsage(List<ModelEvent> events) {
    while (nextUsageMicros <= modelMicros()) {
      long input = tokens(nextUsageMicros) - inputTokens;
      long output = tokens(outputMicros) - outputTokens;
      inputTokens += input;
      outputTokens += output;
      events.add(new ModelEvent.Usage(nextUsageMicros, input, output));
      nextUsageMicros += SECOND_MICROS;
    }
  }

  private void addHandles(List<ModelEvent> events) {
    while (nextHandleMicros <= modelMicros()) {
      if (request.resumable()) {
        events.add(new ModelEvent.HandleDue(nextHandleMicros));
      }
      nextHandleMicros += handleEveryMicros;
    }
  }

  private static long tokens(long micros) {
    return micros * TOKENS_PER_SECOND / SECOND_MICROS;
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
