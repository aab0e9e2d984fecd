package dev.livedub.core.dub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.config.FallbackMode;
import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.Translator.SendResult;
import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.translate.TranslatorEvent.Transcript;
import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import dev.livedub.core.translate.TranslatorEvent.Usage;
import dev.livedub.core.worker.Meter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a translator says besides its voice, and when it says it. */
class DubLineCaptionsTest {

  private static final Duration DELAY = Duration.ofSeconds(6);
  private static final long SECOND = 1_000_000;

  /** 20 s with speech in seconds 4 to 6. */
  private static short[] source() {
    return new SourceSound(20, 60).speech(4, 7, 2_500).stereo();
  }

  @Test
  void render_continuousVoiceWithText_captionsWhatIsHeardWhenItIsHeard() {
    // As the service does it: from second 3 on sound comes at real time, silent but for 3 s of
    // voice.
    ScriptedTranslator live = new ScriptedTranslator(chunk -> SendResult.ACCEPTED);
    for (long at = 3 * SECOND; at < 19 * SECOND; at += 100_000) {
      boolean voiced = at >= 7_500_000 && at < 10_500_000;
      live.emitAt(at, new DubAudio(voice(2_400, voiced ? 3_000 : 0), OptionalLong.empty()));
    }
    live.emitAt(5_600_000, new Transcript(Side.SOURCE, "Good evening", "en"));
    live.emitAt(6_600_000, new Transcript(Side.SOURCE, " to all of you.", null));
    live.emitAt(7_000_000, new Transcript(Side.TARGET, "Buenas", "es"));
    live.emitAt(8_000_000, new Transcript(Side.TARGET, " noches a", "es"));
    live.emitAt(9_000_000, new Transcript(Side.TARGET, " todos.", "es"));
    Rehearsal rehearsal = new Rehearsal(live, FallbackMode.SILENCE, DELAY);

    short[] heard = rehearsal.dub(source());

    Caption source = only(rehearsal, Side.SOURCE);
    assertThat(source.text()).isEqualTo("Good evening to all of you.");
    assertThat(source.languageTag()).isEqualTo("en");
    assertThat(source.startMicros()).isCloseTo(4 * SECOND, within(200_000L));
    assertThat(source.endMicros()).isBetween(6 * SECOND, 7 * SECOND);
    Caption target = only(rehearsal, Side.TARGET);
    assertThat(target.text()).isEqualTo("Buenas noches a todos.");
    assertThat(target.startMicros()).isCloseTo(onsetMicros(heard), within(60_000L));
    assertThat(target.endMicros() - target.startMicros()).isCloseTo(3 * SECOND, within(60_000L));
  }

  @Test
  void render_voicePlacedAtItsSource_isCaptionedThere() {
    ScriptedTranslator[] placing = new ScriptedTranslator[1];
    placing[0] = new ScriptedTranslator(chunk -> echo(placing[0], chunk));
    placing[0].emitAt(6_400_000, new Transcript(Side.TARGET, "Buenas noches", "es"));
    placing[0].emitAt(7_400_000, new Transcript(Side.TARGET, " a todos.", "es"));
    Rehearsal rehearsal = new Rehearsal(placing[0], FallbackMode.SILENCE, DELAY);

    rehearsal.dub(source());

    Caption target = only(rehearsal, Side.TARGET);
    assertThat(target.startMicros()).isCloseTo(4 * SECOND, within(60_000L));
    assertThat(target.endMicros()).isCloseTo(6_500_000, within(600_000L));
  }

  @Test
  void render_textAfterTheInputEnded_isStillCaptioned() {
    ScriptedTranslator late = new ScriptedTranslator(chunk -> SendResult.ACCEPTED);
    late.emitAt(19_900_000, new Transcript(Side.TARGET, "Las últimas palabras", "es"));
    Rehearsal rehearsal = new Rehearsal(late, FallbackMode.ORIGINAL, DELAY);

    rehearsal.dub(source());

    assertThat(only(rehearsal, Side.TARGET).text()).isEqualTo("Las últimas palabras");
  }

  @Test
  void render_healthAndUsage_arePassedOn() {
    ScriptedTranslator paid = new ScriptedTranslator(chunk -> SendResult.ACCEPTED);
    Health ready = new Health(Health.State.READY, "gemini");
    paid.emitAt(SECOND, ready);
    paid.emitAt(2 * SECOND, new Usage(25, 25, 0.25));
    paid.emitAt(3 * SECOND, new Usage(25, 25, 0.5));
    paid.emitAt(4 * SECOND, new Usage(0, 0, Double.NaN));
    Rehearsal rehearsal = new Rehearsal(paid, FallbackMode.ORIGINAL, DELAY);

    rehearsal.dub(source());

    assertThat(rehearsal.healths).containsExactly(ready);
    assertThat(rehearsal.meters.sum(Meter.TRANSLATOR_COST)).isEqualTo(0.75);
  }

  /** Voice for each chunk of seconds 4 to 6, 3 s after it. */
  private static SendResult echo(ScriptedTranslator translator, SpeechChunk chunk) {
    if (chunk.mediaMicros() >= 4 * SECOND && chunk.mediaMicros() < 7 * SECOND) {
      translator.emitAt(
          chunk.mediaMicros() + 3 * SECOND,
          new DubAudio(voice(2_400, 3_000), OptionalLong.of(chunk.mediaMicros())));
    }
    return SendResult.ACCEPTED;
  }

  private static Caption only(Rehearsal rehearsal, Side side) {
    List<Caption> found =
        rehearsal.captions.stream().filter(caption -> caption.side() == side).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  /** Where the voice, steady and loud, is first heard. */
  private static long onsetMicros(short[] heard) {
    for (int frame = 0; frame + 1 < heard.length / 2; frame++) {
      if (heard[2 * frame] > 2_900 && heard[2 * frame + 2] > 2_900) {
        return frame * 1_000_000L / SourceSound.RATE_HZ;
      }
    }
    throw new AssertionError("no voice was heard");
  }

  private static short[] voice(int samples, int level) {
    short[] voice = new short[samples];
    Arrays.fill(voice, (short) level);
    return voice;
  }
}
