package dev.livedub.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeechDownsamplerTest {

  private static final double AMPLITUDE = 30_000;

  @ParameterizedTest
  @ValueSource(doubles = {50, 300, 1_000, 3_000, 5_000, 6_500})
  void take_toneInPassBand_keepsItsLevel(double hz) {
    assertThat(outputLevelDb(hz)).isCloseTo(0, within(0.5));
  }

  @ParameterizedTest
  @ValueSource(doubles = {9_500, 10_000, 11_000, 12_500, 15_000, 16_000, 20_000, 23_500})
  void take_toneThatWouldAliasOnSpeech_isDownBySixtyDb(double hz) {
    assertThat(outputLevelDb(hz)).isLessThan(-60);
  }

  @Test
  void take_slowSine_liesExactlyWhereItsInputLay() {
    short[] out = downsampled(Sines.tone(500, 48_000, 4 * 4_800, AMPLITUDE));
    short[] expected = Sines.tone(500, 16_000, out.length, AMPLITUDE);

    for (int n = 100; n < out.length; n++) {
      assertThat(out[n]).isCloseTo(expected[n], within((short) 25));
    }
  }

  @Test
  void add_inPiecesOfAnySize_givesTheSameAsInOne() {
    short[] stereo = Sines.stereo(Sines.tone(700, 48_000, 4_800 + 36, AMPLITUDE));
    for (int n = 1; n < stereo.length; n += 2) {
      stereo[n] = (short) (n * 7);
    }
    short[] whole = new short[1_600];
    SpeechDownsampler atOnce = new SpeechDownsampler();
    atOnce.add(stereo, 0, 4_836);
    atOnce.take(whole);

    short[] pieced = new short[1_600];
    SpeechDownsampler inPieces = new SpeechDownsampler();
    for (int from = 0, size = 1; from < 4_836; from += size, size = size % 11 + 1) {
      size = Math.min(size, 4_836 - from);
      inPieces.add(stereo, from, size);
    }
    inPieces.take(pieced);

    assertThat(pieced).isEqualTo(whole);
  }

  @Test
  void take_beforeBlockIsFull_isRefused() {
    SpeechDownsampler downsampler = new SpeechDownsampler();
    downsampler.addSilence(10);

    assertThatThrownBy(() -> downsampler.take(new short[1_600]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("4826");
  }

  private static double outputLevelDb(double hz) {
    short[] out = downsampled(Sines.tone(hz, 48_000, 10 * 4_800, AMPLITUDE));
    return Sines.levelDb(out, 200, out.length, AMPLITUDE);
  }

  /** All full blocks of it. */
  private static short[] downsampled(short[] mono) {
    SpeechDownsampler downsampler = new SpeechDownsampler();
    short[] stereo = Sines.stereo(mono);
    short[] out = new short[mono.length / 3 - 1_600];
    short[] block = new short[1_600];
    int fed = 0;
    for (int done = 0; done < out.length; done += 1_600) {
      int frames = downsampler.room();
      downsampler.add(stereo, fed, frames);
      fed += frames;
      downsampler.take(block);
      System.arraycopy(block, 0, out, done, 1_600);
    }
    return out;
  }
}
