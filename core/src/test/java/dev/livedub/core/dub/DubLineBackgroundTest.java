package dev.livedub.core.dub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.config.BackgroundMode;
import dev.livedub.core.config.FallbackMode;
import dev.livedub.core.config.PlayoutDelay;
import dev.livedub.core.mix.DubMixer;
import dev.livedub.core.translate.ToneTranslator;
import dev.livedub.core.worker.Meter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The original under the dub when its voice is to be taken out. */
class DubLineBackgroundTest {

  private static final int SECOND = 48_000;
  private static final int BLOCK = 1_024;

  private final RecordedMeters meters = new RecordedMeters();
  private final List<Boolean> said = new ArrayList<>();
  private final List<BackgroundMode> atTheEnd = new ArrayList<>();

  @Test
  void render_noSpeech_changesNoSample() {
    short[] source = new SourceSound(6, 500).stereo();

    short[] heard = dub(source, BackgroundMode.SEPARATE, Duration.ofSeconds(2));

    assertThat(heard).isEqualTo(source);
    assertThat(said).containsExactly(true);
    assertThat(atTheEnd).containsExactly(BackgroundMode.SEPARATE);
    assertThat(meters.gauge(Meter.BACKGROUND_SEPARATED)).isEqualTo(1);
  }

  @Test
  void render_speechThatLiesNowhere_endsUpDuckedAndSaysSo() {
    short[] source = applause(20);

    short[] heard = dub(source, BackgroundMode.SEPARATE, Duration.ofSeconds(2));

    assertThat(said).containsExactly(true, false);
    assertThat(atTheEnd).containsExactly(BackgroundMode.DUCK);
    assertThat(meters.gauge(Meter.BACKGROUND_SEPARATED)).isZero();
    short[] ducked = dub(source, BackgroundMode.DUCK, Duration.ofSeconds(2));
    int from = 2 * 10 * SECOND;
    assertThat(Arrays.copyOfRange(heard, from, from + SECOND))
        .isEqualTo(Arrays.copyOfRange(ducked, from, from + SECOND));
  }

  @Test
  void render_delayIsShorterThanTheLookAhead_ducksFromTheStart() {
    short[] source = new SourceSound(6, 500).speech(2, 4, 8_000).stereo();
    Duration delay = Duration.ofMillis(40);

    short[] separated = dub(source, BackgroundMode.SEPARATE, delay);

    assertThat(said).containsExactly(false);
    assertThat(meters.gauge(Meter.BACKGROUND_SEPARATED)).isZero();
    assertThat(separated).isEqualTo(dub(source, BackgroundMode.DUCK, delay));
  }

  @Test
  void lookAheadFrames_separating_isAtMost60Millis() {
    assertThat(DubLineSettings.SEPARATION_AHEAD)
        .isGreaterThan(DubMixer.ORIGINAL_AHEAD)
        .isLessThanOrEqualTo(60 * 48);
    assertThat(line(BackgroundMode.SEPARATE, Duration.ofSeconds(1)).lookAheadFrames())
        .isEqualTo(DubLineSettings.SEPARATION_AHEAD);
    assertThat(line(BackgroundMode.DUCK, Duration.ofSeconds(1)).lookAheadFrames())
        .isEqualTo(DubMixer.ORIGINAL_AHEAD);
  }

  /** Bursts of noise that differ left and right: loud as speech, and no voice in the middle. */
  private static short[] applause(int seconds) {
    Random random = new Random(3);
    short[] stereo = new short[2 * seconds * SECOND];
    for (int i = 0; i < stereo.length; i++) {
      double swell = Math.pow(Math.sin(Math.PI * 4 * (i / 2) / SECOND), 2);
      stereo[i] = (short) (random.nextGaussian() * 3_000 * swell);
    }
    return stereo;
  }

  private DubLine line(BackgroundMode background, Duration delay) {
    DubLineSettings settings =
        new DubLineSettings(
            Duration.ofSeconds(1),
            FallbackMode.ORIGINAL,
            -18,
            background,
            PlayoutDelay.fixed(delay));
    return new DubLine(
        new ToneTranslator(),
        settings,
        meters,
        new DubListener() {
          @Override
          public void onBackground(boolean separated) {
            said.add(separated);
          }
        });
  }

  private short[] dub(short[] stereo, BackgroundMode background, Duration delay) {
    short[] heard = stereo.clone();
    int frames = stereo.length / 2;
    int delaySamples = (int) (delay.toMillis() * 48);
    try (DubLine line = line(background, delay)) {
      line.start();
      int rendered = 0;
      for (int fed = 0; fed < frames + delaySamples; fed += BLOCK) {
        int part = Math.min(BLOCK, frames - fed);
        if (part > 0) {
          line.feed(fed, Arrays.copyOfRange(stereo, 2 * fed, 2 * (fed + part)), part);
        }
        for (; rendered + BLOCK <= Math.min(fed - delaySamples, frames); rendered += BLOCK) {
          int known = Math.min(BLOCK + line.lookAheadFrames(), frames - rendered);
          short[] block = Arrays.copyOfRange(stereo, 2 * rendered, 2 * (rendered + known));
          line.render(rendered, block, BLOCK, known);
          System.arraycopy(block, 0, heard, 2 * rendered, 2 * BLOCK);
        }
      }
      atTheEnd.add(line.background());
    }
    return heard;
  }
}
