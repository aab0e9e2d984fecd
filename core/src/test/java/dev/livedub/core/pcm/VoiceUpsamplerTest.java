package dev.livedub.core.pcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoiceUpsamplerTest {

  private static final double AMPLITUDE = 20_000;

  @ParameterizedTest
  @ValueSource(doubles = {100, 440, 3_000, 7_000, 9_500})
  void process_tone_isTheSameToneAtTwiceTheRate(double hz) {
    short[] out = upsampled(Sines.tone(hz, 24_000, 4_000, AMPLITUDE), 2_400);
    short[] expected = Sines.tone(hz, 48_000, 8_000, AMPLITUDE);
    short[] error = new short[8_000];
    for (int n = 0; n < 8_000; n++) {
      error[n] = (short) (out[n] - expected[n]);
    }

    assertThat(Sines.levelDb(error, 100, 7_900, AMPLITUDE)).isLessThan(-60);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 12, 13, 240, 1_001})
  void process_inPieces_givesTheSameAsInOne(int piece) {
    short[] voice = Sines.tone(1_234, 24_000, 2_400, AMPLITUDE);

    assertThat(upsampled(voice, piece)).isEqualTo(upsampled(voice, 2_400));
  }

  @Test
  void tail_changesNothing() {
    VoiceUpsampler upsampler = new VoiceUpsampler();
    short[] voice = Sines.tone(900, 24_000, 200, AMPLITUDE);
    short[] out = new short[500];
    upsampler.process(voice, 0, 100, out);
    short[] once = new short[24];
    short[] twice = new short[24];

    assertThat(upsampler.tail(once, 0)).isEqualTo(24);
    upsampler.tail(twice, 0);

    assertThat(twice).isEqualTo(once);
    assertThat(once[0]).isEqualTo(voice[88]);
  }

  @Test
  void reset_forgetsTheRunBefore() {
    VoiceUpsampler upsampler = new VoiceUpsampler();
    short[] out = new short[500];
    upsampler.process(Sines.tone(900, 24_000, 100, AMPLITUDE), 0, 100, out);
    upsampler.reset();

    assertThat(upsampler.process(new short[20], 0, 20, out)).isEqualTo(16);
    assertThat(Pcm16.peak(out, 0, 16)).isZero();
  }

  @Test
  void of_valuesBeyondTheRange_saturate() {
    assertThat(Pcm16.of(1e9f)).isEqualTo(Short.MAX_VALUE);
    assertThat(Pcm16.of(-1e9f)).isEqualTo(Short.MIN_VALUE);
    assertThat(Pcm16.of(-0.4f)).isEqualTo((short) 0);
    assertThat(Pcm16.of(-1.6f)).isEqualTo((short) -2);
    for (int value = Short.MIN_VALUE; value <= Short.MAX_VALUE; value++) {
      assertThat((int) Pcm16.of(value)).isCloseTo(value, within(0));
    }
  }

  private static short[] upsampled(short[] voice, int piece) {
    VoiceUpsampler upsampler = new VoiceUpsampler();
    short[] out = new short[2 * voice.length];
    short[] part = new short[2 * (piece + VoiceUpsampler.HOLD)];
    int done = 0;
    for (int from = 0; from < voice.length; from += piece) {
      int samples = Math.min(piece, voice.length - from);
      int made = upsampler.process(voice, from, samples, part);
      System.arraycopy(part, 0, out, done, made);
      done += made;
    }
    done += upsampler.tail(out, done);
    return Arrays.copyOf(out, done);
  }
}
