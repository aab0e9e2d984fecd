package dev.livedub.testkit.gemini.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkedSourceTest {

  private static final long HOUR_MICROS = 3_600_000_000L;

  @Test
  void sentences_ofAnHour_haveNaturalLengthsAndPauses() {
    List<MarkedSource.Sentence> sentences = new MarkedSource(16_000, 1).sentences(HOUR_MICROS);
    assertThat(sentences).hasSizeGreaterThan(500);
    for (int i = 0; i < sentences.size(); i++) {
      MarkedSource.Sentence sentence = sentences.get(i);
      assertThat(sentence.endMicros() - sentence.startMicros()).isBetween(1_900_000L, 6_000_000L);
      if (i > 0) {
        long pauseMicros = sentence.startMicros() - sentences.get(i - 1).endMicros();
        assertThat(pauseMicros).isBetween(400_000L, 1_500_000L);
      }
    }
  }

  @Test
  void sentences_ofTheSameSeed_areTheSame() {
    assertThat(new MarkedSource(48_000, 5).sentences(HOUR_MICROS))
        .isEqualTo(new MarkedSource(16_000, 5).sentences(HOUR_MICROS))
        .isNotEqualTo(new MarkedSource(16_000, 6).sentences(HOUR_MICROS));
  }

  @Test
  void render_inPiecesAndAnyOrder_isTheSameSound() {
    MarkedSource source = new MarkedSource(16_000, 2);
    short[] whole = source.pcm(0, 160_000);
    for (int at = 150_000; at >= 0; at -= 10_000) {
      short[] piece = source.pcm(at, 10_000);
      for (int i = 0; i < piece.length; i++) {
        assertThat(piece[i]).isEqualTo(whole[at + i]);
      }
    }
  }

  @Test
  void numbers_ofAStretch_areItsSpokenHalfSeconds() {
    MarkedSource source = new MarkedSource(16_000, 2);
    MarkedSource.Sentence first = source.sentences(10_000_000).get(0);
    assertThat(source.numbers(0, first.endMicros()))
        .hasSize(first.blocks())
        .startsWith((int) first.firstBlock());
    assertThat(source.numbers(first.startMicros() + 1, first.endMicros()))
        .hasSize(first.blocks() - 1);
  }

  @Test
  void writeWav_ofThreeSeconds_hasHeaderAndSamples(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("source.wav");
    new MarkedSource(16_000, 2).writeWav(file, Duration.ofSeconds(3));
    assertThat(Files.size(file)).isEqualTo(44 + 3 * 32_000);
    assertThat(Files.readAllBytes(file)).startsWith('R', 'I', 'F', 'F');
  }
}
