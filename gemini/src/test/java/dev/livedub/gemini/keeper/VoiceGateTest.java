package dev.livedub.gemini.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.gemini.guard.OutputFrames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VoiceGateTest {

  private final OutputFrames frames = new OutputFrames();
  private final VoiceGate gate = new VoiceGate();
  private final List<Integer> pieces = new ArrayList<>();
  private int onsets;

  @Test
  void silence_ofAnyKind_letsNothingThrough() {
    play(3, 0);
    play(3, 10);

    assertThat(pieces).isEmpty();
  }

  @Test
  void voice_betweenSilence_isLetThroughWithItsDecay() {
    play(1, 5);
    play(0.6, 5_000);
    play(1, 5);

    assertThat(onsets).isEqualTo(1);
    assertThat(millis()).isBetween(600, 600 + 200);
  }

  @Test
  void shortPause_staysInTheUtterance() {
    play(1, 5);
    play(0.5, 5_000);
    play(0.34, 5);
    play(0.5, 5_000);
    play(1, 5);

    assertThat(onsets).isEqualTo(1);
    assertThat(millis()).isBetween(1_340, 1_340 + 200);
  }

  @Test
  void longPause_endsTheUtterance() {
    play(1, 5);
    play(0.5, 5_000);
    play(0.6, 5);
    play(0.5, 5_000);
    play(1, 5);

    assertThat(onsets).isEqualTo(2);
    assertThat(millis()).isBetween(1_000, 1_000 + 400);
  }

  @Test
  void click_ofTenMilliseconds_isNoVoice() {
    play(1, 5);
    play(0.01, 20_000);
    play(1, 5);

    assertThat(pieces).isEmpty();
  }

  @Test
  void voiceTenTimesQuieter_isVoice() {
    play(1, 2);
    play(0.6, 400);
    play(1, 2);

    assertThat(onsets).isEqualTo(1);
  }

  @Test
  void noise_thatBegins_becomesTheFloorAndIsNoVoiceAnyMore() {
    play(1, 5);
    play(4, 300);
    int before = pieces.size();
    play(4, 300);

    assertThat(pieces).hasSize(before);
  }

  private void play(double seconds, int peak) {
    short[] samples = new short[(int) (seconds * 24_000)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (peak * Math.sin(i * 0.2));
    }
    frames.add(samples, (frame, levelDbfs) -> gate.add(frame, levelDbfs, this::take));
    gate.flush(this::take);
  }

  private void take(short[] samples, boolean onset) {
    pieces.add(samples.length);
    onsets += onset ? 1 : 0;
  }

  private int millis() {
    return pieces.stream().mapToInt(Integer::intValue).sum()
        * OutputFrames.MILLIS
        / OutputFrames.SAMPLES;
  }
}
