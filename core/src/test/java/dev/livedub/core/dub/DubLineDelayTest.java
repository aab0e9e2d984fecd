package dev.livedub.core.dub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.config.FallbackMode;
import dev.livedub.core.config.PlayoutDelay;
import dev.livedub.core.time.Samples;
import dev.livedub.core.translate.Translator.SendResult;
import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import dev.livedub.core.worker.MeterSink;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A dub line whose playout delay follows how late voice comes, in media time. */
final class DubLineDelayTest {

  private static final long SECOND = 1_000_000;
  private static final int STEP = 960;

  private long lagMicros = 3 * SECOND;
  private long fed;
  private long rendered;
  private long voiced;

  /** Says 100 ms for each second of source, late. */
  private final ScriptedTranslator[] translator = new ScriptedTranslator[1];

  private DubLine line(PlayoutDelay delay) {
    translator[0] =
        new ScriptedTranslator(
            chunk -> {
              if (chunk.mediaMicros() % SECOND == 0) {
                short[] voice = new short[2_400];
                Arrays.fill(voice, (short) 2_000);
                translator[0].emitAt(
                    chunk.mediaMicros() + lagMicros,
                    new DubAudio(voice, OptionalLong.of(chunk.mediaMicros())));
              }
              return SendResult.ACCEPTED;
            });
    DubLine line =
        new DubLine(
            translator[0],
            new DubLineSettings(Duration.ofSeconds(1), FallbackMode.ORIGINAL, -18, delay),
            MeterSink.NONE);
    line.start();
    return line;
  }

  @Test
  void render_voiceThatComesEverLater_isHeardInItsPlaceAsTheDelayFollows() {
    DubLine line = line(PlayoutDelay.between(Duration.ofSeconds(4), Duration.ofSeconds(12)));
    run(line, 20);
    assertThat(line.delay().at(Samples.toMicros(rendered))).isEqualTo(6 * SECOND);

    for (int minute = 0; minute < 5; minute++) {
      lagMicros += SECOND;
      run(line, 60);
    }
    run(line, 20);

    assertThat(line.delay().at(Samples.toMicros(rendered))).isBetween(9 * SECOND, 9_300_000L);
    assertThat(voiced).as("steps of 20 ms with voice, where its source is").isGreaterThan(1_500);
    assertThat(line.droppedDub()).isZero();
    line.close();
  }

  @Test
  void render_fixedDelay_isKept() {
    DubLine line = line(PlayoutDelay.fixed(Duration.ofSeconds(6)));
    lagMicros = 9 * SECOND;
    run(line, 120);

    assertThat(line.delay().at(Samples.toMicros(rendered))).isEqualTo(6 * SECOND);
    line.close();
  }

  /** Feeds silence, and renders what is due; the voice that is heard lies where it belongs. */
  private void run(DubLine line, int seconds) {
    for (long end = fed + seconds * 48_000L; fed < end; fed += STEP) {
      line.feed(fed, new short[2 * STEP], STEP);
      long delayMicros = rendered == 0 ? 6 * SECOND : line.delay().at(Samples.toMicros(rendered));
      while (Samples.toMicros(fed - rendered) >= delayMicros) {
        short[] sound = new short[2 * STEP];
        line.render(rendered, sound, STEP);
        boolean here = rendered % 48_000 < 4_800;
        if (here && sound[STEP] != 0) {
          voiced++;
        }
        rendered += STEP;
        delayMicros = line.delay().at(Samples.toMicros(rendered));
      }
    }
  }
}
