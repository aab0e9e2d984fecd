package dev.livedub.core.dub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.config.FallbackMode;
import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.Translator;
import dev.livedub.core.translate.Translator.SendResult;
import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.translate.TranslatorEvent.SourceKept;
import dev.livedub.core.translate.TranslatorEvent.Transcript;
import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import dev.livedub.core.translate.TranslatorEvent.Usage;
import dev.livedub.core.translate.TranslatorListener;
import dev.livedub.core.worker.Meter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Another translator takes over while sound flows. */
class DubLineLanguageTest {

  private static final Duration DELAY = Duration.ofSeconds(6);
  private static final int SECOND = 48_000;
  private static final int CHUNKS = 240;

  /** What is looked at: the translation of the rest comes after the end. */
  private static final int WORDS = 180;

  private static final int STEP = 100;

  private final List<LaggingTranslator> translators = new ArrayList<>();
  private final List<Boolean> outcomes = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"3000,3000", "3000,200", "200,3000", "3000,5600", "5500,3000", "0,0"})
  void replace_whileBothLag_everyWordOfBothIsHeardOnceInItsPlace(long oldMillis, long newMillis) {
    LaggingTranslator old = numbered(oldMillis);
    LaggingTranslator next = numbered(newMillis);
    Rehearsal rehearsal = new Rehearsal(old, FallbackMode.ORIGINAL, DELAY);

    short[] heard = dub(rehearsal, change(10, next));

    assertThat(outcomes).containsExactly(true);
    assertThat(old.taken).hasSize(next.taken.get(0).intValue() / 100_000);
    assertThat(all(old, next)).as("each chunk went to one").containsExactlyElementsOf(everyChunk());
    assertThat(wrong(heard)).isEmpty();
    assertThat(old.finished).isTrue();
    assertThat(old.closed).isTrue();
    assertThat(rehearsal.counts().onAir()).isEqualTo(24);
    assertThat(rehearsal.line().droppedDub()).isZero();
  }

  @Test
  void replace_translatorThatNeverSaysItIsDone_isListenedToUntilTheNewVoiceIsDue() {
    LaggingTranslator old = numbered(3_000);
    old.saysFinished = false;
    LaggingTranslator next = numbered(200);
    Rehearsal rehearsal = new Rehearsal(old, FallbackMode.ORIGINAL, DELAY);

    short[] heard = dub(rehearsal, change(10, next));

    assertThat(wrong(heard)).isEmpty();
    assertThat(old.closed).isTrue();
  }

  @Test
  void replace_wordsThatComeWhenTheNewOnesAreDue_areLostAndNothingElse() {
    LaggingTranslator old = numbered(8_000);
    LaggingTranslator next = numbered(200);
    Rehearsal rehearsal = new Rehearsal(old, FallbackMode.ORIGINAL, DELAY);

    List<Integer> heard = numbersHeard(dub(rehearsal, change(10, next)));

    List<Integer> words = heard.stream().filter(number -> number > 0).toList();
    int first = (int) (next.taken.get(0) / 100_000);
    assertThat(words).isSorted().doesNotHaveDuplicates();
    assertThat(words.stream().filter(number -> number > first).toList())
        .as("all of the new one's")
        .isEqualTo(numbersSpoken().subList(first, WORDS));
    assertThat(words.stream().filter(number -> number <= first).count())
        .as("of the old one's, those that came in time")
        .isBetween(70L, 85L);
    assertThat(old.closed).isTrue();
  }

  @Test
  void replace_threeTimesInASecond_staysInOrder() {
    LaggingTranslator old = numbered(3_000);
    LaggingTranslator second = numbered(500);
    LaggingTranslator third = numbered(4_000);
    LaggingTranslator last = numbered(100);
    Rehearsal rehearsal = new Rehearsal(old, FallbackMode.ORIGINAL, DELAY);

    short[] heard = dub(rehearsal, change(10, second), change(10.35, third), change(10.7, last));

    assertThat(wrong(heard)).isEmpty();
    assertThat(outcomes).containsExactly(true, true, true);
    assertThat(List.of(old, second, third)).allMatch(translator -> translator.closed);
  }

  @Test
  void replace_twiceWithinAChunk_startsOnlyTheLast() {
    LaggingTranslator never = numbered(0);
    LaggingTranslator next = numbered(0);
    Rehearsal rehearsal = new Rehearsal(numbered(0), FallbackMode.ORIGINAL, DELAY);

    dub(rehearsal, change(10, never), change(10, next));

    assertThat(never.started).isFalse();
    assertThat(never.closed).isTrue();
    assertThat(next.taken).isNotEmpty();
    assertThat(outcomes).containsExactly(true);
  }

  @Test
  void replace_translatorThatCannotStart_leavesTheOldOne() {
    LaggingTranslator old = numbered(3_000);
    Unwilling unwilling = new Unwilling();
    Rehearsal rehearsal = new Rehearsal(old, FallbackMode.ORIGINAL, DELAY);

    short[] heard = dub(rehearsal, change(10, unwilling));

    assertThat(outcomes).containsExactly(false);
    assertThat(unwilling.closed).isTrue();
    assertThat(old.taken).containsExactlyElementsOf(everyChunk());
    assertThat(wrong(heard)).isEmpty();
    assertThat(rehearsal.line().health()).isEmpty();
  }

  @Test
  void replace_translatorThatThrowsLater_isFailedAndTheOldOnesWordsAreHeard() {
    LaggingTranslator old = numbered(3_000);
    ScriptedTranslator throwing =
        new ScriptedTranslator(
            chunk -> {
              throw new IllegalStateException("boom");
            });
    Rehearsal rehearsal = new Rehearsal(old, FallbackMode.ORIGINAL, DELAY);

    List<Integer> heard = numbersHeard(dub(rehearsal, change(10, throwing)));

    assertThat(outcomes).containsExactly(true);
    int last = old.taken.size();
    assertThat(heard.subList(0, last)).isEqualTo(numbersSpoken().subList(0, last));
    assertThat(heard.subList(last, WORDS)).containsOnly(0);
    assertThat(rehearsal.line().health().orElseThrow().state()).isEqualTo(Health.State.FAILED);
    assertThat(throwing.closes).isEqualTo(1);
  }

  @Test
  void replace_whatTheOldOneSaysOfItsHealthOrOfOtherSound_countsForNothing() {
    short[] source = new SourceSound(24, 60).speech(2, 22, 8_000).stereo();
    LaggingTranslator old = new LaggingTranslator(3_000_000, chunk -> new short[0]);
    LaggingTranslator next = new LaggingTranslator(3_000_000, chunk -> new short[0]);
    Rehearsal rehearsal = new Rehearsal(old, FallbackMode.ORIGINAL, DELAY);
    Script script = change(10, next);

    rehearsal.dub(
        source,
        (sample, line) -> {
          advance(sample, line, List.of(script));
          if (sample == 12 * 48 * 1_024) { // in second 12.3
            old.emit(new Health(Health.State.FAILING, Health.Cause.BUDGET, "no money"));
            old.emit(new SourceKept(0, 30_000_000));
            old.emit(new Usage(1, 1, 0.5));
            next.emit(new SourceKept(0, 10_900_000));
            next.emit(new Health(Health.State.READY, "new"));
          }
        });

    assertThat(rehearsal.meters.count(Meter.FALLBACK, "budget")).isZero();
    assertThat(rehearsal.meters.count(Meter.FALLBACK, "timeout"))
        .as("all speech but what each said of its own")
        .isBetween(13L, 16L);
    assertThat(rehearsal.line().health()).hasValue(new Health(Health.State.READY, "new"));
    assertThat(rehearsal.meters.sum(Meter.TRANSLATOR_COST)).isEqualTo(0.5);
  }

  @Test
  void replace_voiceWithoutSourceTime_beginsWithTheSpeechThatItWasSent() {
    short[] source = new SourceSound(24, 60).speech(2, 22, 8_000).stereo();
    ScriptedTranslator old = new ScriptedTranslator(chunk -> SendResult.ACCEPTED);
    ScriptedTranslator next = new ScriptedTranslator(chunk -> SendResult.ACCEPTED);
    short[] second = new short[24_000];
    Arrays.fill(second, (short) 2_000);
    next.emitAt(13_000_000, new DubAudio(second, OptionalLong.empty()));
    Rehearsal rehearsal = new Rehearsal(old, FallbackMode.ORIGINAL, DELAY);
    Script script = change(10, next);

    short[] heard = rehearsal.dub(source, (sample, line) -> advance(sample, line, List.of(script)));

    int onset = Arrays.mismatch(heard, source) / 2;
    assertThat(onset).isBetween(10 * SECOND - 4_800, 10 * SECOND + 9_600);
  }

  @Test
  void replace_captions_changeTheirLanguageAndAreNotMixed() {
    short[] source = new SourceSound(24, 60).speech(2, 22, 8_000).stereo();
    LaggingTranslator old = numbered(3_000);
    LaggingTranslator next = numbered(200);
    Rehearsal rehearsal = new Rehearsal(old, FallbackMode.ORIGINAL, DELAY);
    Script script = change(10, next);

    rehearsal.dub(
        source,
        (sample, line) -> {
          advance(sample, line, List.of(script));
          if (sample == 12 * 48 * 1_024) {
            next.emit(new Transcript(Side.TARGET, "Bonjour à tous.", "fr"));
            old.emit(new Transcript(Side.TARGET, "Buenas noches a", "es"));
          }
        });

    List<Caption> target =
        rehearsal.captions.stream().filter(caption -> caption.side() == Side.TARGET).toList();
    assertThat(target)
        .extracting(Caption::text)
        .containsExactly("Buenas noches a", "Bonjour à tous.");
    assertThat(target).extracting(Caption::languageTag).containsExactly("es", "fr");
  }

  @Test
  void replace_whileMuted_startsAMutedOne() {
    LaggingTranslator next = numbered(0);
    Rehearsal rehearsal = new Rehearsal(numbered(0), FallbackMode.ORIGINAL, DELAY);
    rehearsal.line().setMuted(true);

    dub(rehearsal, change(10, next));

    assertThat(next.started).isTrue();
    assertThat(next.mutes).containsExactly(true);
    assertThat(next.taken).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyChanges_inAnyOrder_neverThrowNorClickNorMissASample(long seed) {
    Random random = new Random(seed);
    short[] source = DubLineLiveTest.sine(60);
    Rehearsal rehearsal = new Rehearsal(tone(3_000), FallbackMode.DUCKED_ORIGINAL, DELAY);
    int[] changes = {0};

    short[] heard =
        rehearsal.dub(
            source,
            (sample, line) -> {
              translators.forEach(each -> each.advance(DubLineLiveTest.micros(sample)));
              if (random.nextInt(14) == 0) {
                changes[0]++;
                anyChange(random, line);
              }
            });

    assertThat(changes[0]).as("changes with seed %d", seed).isGreaterThan(150);
    assertThat(rehearsal.counts().onAir()).isEqualTo(60);
    assertThat(Clicks.largest(heard)).as("seed %d", seed).isLessThan(Clicks.BOUND);
    List<Long> taken = all(translators.toArray(LaggingTranslator[]::new));
    assertThat(taken).as("no chunk sent twice, seed %d", seed).doesNotHaveDuplicates();
    assertThat(translators).allMatch(each -> each.closed);
  }

  private void anyChange(Random random, DubLine line) {
    switch (random.nextInt(6)) {
      case 0 -> line.setMuted(random.nextBoolean());
      case 1 -> line.setBypass(random.nextInt(3) == 0);
      case 2 -> line.setDuckDb(-random.nextInt(61));
      case 3 -> line.replace(new Unwilling(), started -> {});
      default -> {
        LaggingTranslator next = tone(random.nextInt(4_500));
        next.saysFinished = random.nextBoolean();
        line.replace(next, started -> {});
      }
    }
  }

  private record Script(double second, Translator next) {}

  private static Script change(double second, Translator next) {
    return new Script(second, next);
  }

  /** Dubs 24 s of silence, in which nothing is heard but the dub. */
  private short[] dub(Rehearsal rehearsal, Script... scripts) {
    List<Script> left = new ArrayList<>(List.of(scripts));
    return rehearsal.dub(
        new short[2 * CHUNKS * SECOND / 10],
        (sample, line) -> {
          advance(sample, line, left);
          left.removeIf(script -> sample >= script.second() * SECOND);
        });
  }

  private void advance(long sample, DubLine line, List<Script> scripts) {
    translators.forEach(each -> each.advance(DubLineLiveTest.micros(sample)));
    for (Script script : scripts) {
      long at = (long) (script.second() * SECOND);
      if (sample >= at && sample < at + Rehearsal.BLOCK) {
        line.replace(script.next(), outcomes::add);
      }
    }
  }

  private LaggingTranslator tone(long lagMillis) {
    return kept(new LaggingTranslator(lagMillis * 1_000, DubLineLiveTest::tone));
  }

  /** Answers each chunk with a steady level that says which one it was. */
  private LaggingTranslator numbered(long lagMillis) {
    return kept(new LaggingTranslator(lagMillis * 1_000, DubLineLanguageTest::number));
  }

  private LaggingTranslator kept(LaggingTranslator made) {
    translators.add(made);
    return made;
  }

  private static short[] number(SpeechChunk chunk) {
    short[] voice = new short[2_400];
    Arrays.fill(voice, (short) (STEP * (1 + chunk.mediaMicros() / 100_000)));
    return voice;
  }

  private static List<Long> everyChunk() {
    return LongStream.range(0, CHUNKS).mapToObj(chunk -> chunk * 100_000).toList();
  }

  private static List<Integer> numbersSpoken() {
    return LongStream.rangeClosed(1, WORDS).mapToObj(number -> (int) number).toList();
  }

  private static List<Long> all(LaggingTranslator... translators) {
    return Arrays.stream(translators).flatMap(each -> each.taken.stream()).sorted().toList();
  }

  /** Where it is not said what should be said there. */
  private static List<String> wrong(short[] heard) {
    List<Integer> numbers = numbersHeard(heard);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < WORDS; i++) {
      if (numbers.get(i) != i + 1) {
        wrong.add((i + 1) + ": " + numbers.get(i));
      }
    }
    return wrong;
  }

  /** What is said in each 100 ms, looked at late: the very first voice is 51 ms late. */
  private static List<Integer> numbersHeard(short[] heard) {
    List<Integer> numbers = new ArrayList<>();
    for (int chunk = 0; chunk < WORDS; chunk++) {
      numbers.add(Math.round(heard[2 * (chunk * 4_800 + 3_700)] / (float) STEP));
    }
    return numbers;
  }

  /** A translator that throws when it is started. */
  private static final class Unwilling implements Translator {
    private boolean closed;

    @Override
    public void start(TranslatorListener listener) {
      throw new IllegalArgumentException("no such language");
    }

    @Override
    public SendResult send(SpeechChunk chunk) {
      throw new IllegalStateException("not started");
    }

    @Override
    public void finish() {}

    @Override
    public void close() {
      closed = true;
    }
  }
}
