package dev.livedub.gemini.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.translate.SpeechChunk;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Chunk by chunk, 100 ms each, with the next session warm for long. */
class HandOverTest {

  private static final long CHUNK_NANOS = 100_000_000L;
  private static final long LONG_NANOS = 600_000_000_000L;
  private static final int PATIENT_CHUNKS = 230;

  private final HandOver handOver = new HandOver(RotationSettings.DEFAULT);

  private interface Speech {
    /** Level of a chunk, dBFS. */
    double levelDbfs(int chunk);
  }

  /** Before which chunk it is cut. */
  private OptionalInt cutOf(Speech speech) {
    handOver.want(RotationCause.PLANNED, "", 0, LONG_NANOS);
    for (int i = 0; i < 2 * PATIENT_CHUNKS; i++) {
      SpeechChunk sound = new SpeechChunk(i * 100_000L, new short[SpeechChunk.SAMPLES]);
      SourceChunk chunk = new SourceChunk(sound, true, speech.levelDbfs(i));
      if (handOver.cutsBefore(chunk, 0, -LONG_NANOS, i * CHUNK_NANOS)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  @Test
  void cutsBefore_speechWithoutAPause_isCutBetweenWords() {
    int cut = cutOf(chunk -> chunk % 5 == 4 ? -30 : -18).orElseThrow();

    assertThat(cut % 5).isEqualTo(4);
    assertThat(cut).isBetween(PATIENT_CHUNKS - 31, PATIENT_CHUNKS);
  }

  @Test
  void cutsBefore_aMomentOfSilenceLongAgo_changesNothing() {
    int cut = cutOf(chunk -> chunk == 20 ? -80 : chunk % 5 == 4 ? -30 : -18).orElseThrow();

    assertThat(cut % 5).isEqualTo(4);
    assertThat(cut).isBetween(PATIENT_CHUNKS - 31, PATIENT_CHUNKS);
  }

  @Test
  void cutsBefore_speechOfOneLevel_isCutInTime() {
    assertThat(cutOf(chunk -> -18).orElseThrow()).isLessThanOrEqualTo(PATIENT_CHUNKS);
  }

  @Test
  void cutsBefore_speechThatOnlyGetsLouder_isCutSoonAfterTheDeadline() {
    int cut = cutOf(chunk -> chunk * 2.0 - 500).orElseThrow();

    assertThat(cut).isBetween(PATIENT_CHUNKS, PATIENT_CHUNKS + 11);
  }
}
