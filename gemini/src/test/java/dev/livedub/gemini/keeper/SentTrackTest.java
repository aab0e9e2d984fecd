package dev.livedub.gemini.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.translate.SpeechChunk;
import org.junit.jupiter.api.Test;

class SentTrackTest {

  private static final int LAG = SentTrack.LAG_CHUNKS;

  private final SentTrack track = new SentTrack();

  @Test
  void answeredMicros_withinSource_isCountedBack() {
    source(0, 100);

    assertThat(track.answeredMicros(LAG + 40)).isEqualTo(4_000_000);
  }

  @Test
  void answeredMicros_aLittleEarlyAfterALongSilence_isTheSourceThatFollows() {
    source(0, 50);
    silence(80, 5_000_000);
    source(30_000_000, 60);

    assertThat(track.answeredMicros(LAG + 130)).isEqualTo(30_000_000);
    assertThat(track.answeredMicros(LAG + 127)).as("300 ms early").isEqualTo(30_000_000);
    assertThat(track.answeredMicros(LAG + 131)).isEqualTo(30_100_000);
  }

  @Test
  void answeredMicros_aLittleLateAfterTheSource_isItsEnd() {
    source(0, 50);
    silence(80, 5_000_000);
    source(30_000_000, 60);

    assertThat(track.answeredMicros(LAG + 49)).isEqualTo(4_900_000);
    assertThat(track.answeredMicros(LAG + 52)).isEqualTo(5_000_000);
  }

  @Test
  void answeredMicros_beforeAndAfterAllSource_isItsBeginningAndItsEnd() {
    silence(40, 0);
    source(7_000_000, 10);
    silence(100, 8_000_000);

    assertThat(track.answeredMicros(LAG)).isEqualTo(7_000_000);
    assertThat(track.answeredMicros(LAG + 90)).isEqualTo(8_000_000);
  }

  @Test
  void answeredMicros_afterSilenceLongerThanIsKept_isTheSourceThatFollows() {
    source(0, 50);
    silence(600, 5_000_000);
    source(90_000_000, 35);

    assertThat(track.answeredMicros(LAG + 645)).isEqualTo(90_000_000);
  }

  private void source(long fromMicros, int chunks) {
    for (int i = 0; i < chunks; i++) {
      SpeechChunk chunk =
          new SpeechChunk(fromMicros + i * 100_000L, new short[SpeechChunk.SAMPLES]);
      track.source(new SourceChunk(chunk, true, -20));
    }
  }

  private void silence(int chunks, long sourceEndMicros) {
    for (int i = 0; i < chunks; i++) {
      track.silence(sourceEndMicros);
    }
  }
}
