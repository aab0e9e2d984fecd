package dev.livedub.core.dub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.config.FallbackMode;
import dev.livedub.core.slot.SlotCounts;
import dev.livedub.core.translate.PassthroughTranslator;
import dev.livedub.core.translate.ToneTranslator;
import dev.livedub.core.worker.Meter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DubLineTest {

  private static final Duration DELAY = Duration.ofSeconds(6);

  /** 30 s with speech in seconds 2, 3, 4 and in 10, 11. */
  private static short[] source() {
    return new SourceSound(30, 60).speech(2, 5, 8_000).speech(10, 12, 8_000).stereo();
  }

  @Test
  void render_passthrough_leavesEverySampleAsItIs() {
    Rehearsal rehearsal = new Rehearsal(new PassthroughTranslator(), FallbackMode.ORIGINAL, DELAY);
    short[] source = source();

    short[] heard = rehearsal.dub(source);

    assertThat(heard).isEqualTo(source);
    assertThat(rehearsal.counts()).isEqualTo(new SlotCounts(0, 30, 0, 0));
    assertThat(rehearsal.meters.count(Meter.AUDIO_FRAGMENTS, "bed")).isEqualTo(30);
    assertThat(rehearsal.mostInFlight()).isBetween(6L, 7L);
  }

  @Test
  void render_tone_dubsExactlyTheSlotsWithSpeech() {
    Rehearsal rehearsal = new Rehearsal(new ToneTranslator(), FallbackMode.ORIGINAL, DELAY);

    short[] heard = rehearsal.dub(source());

    assertThat(rehearsal.counts()).isEqualTo(new SlotCounts(5, 25, 0, 0));
    assertThat(heard).isNotEqualTo(source());
  }
}
