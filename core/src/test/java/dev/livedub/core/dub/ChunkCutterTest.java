package dev.livedub.core.dub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.translate.SpeechChunk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkCutterTest {

  private final List<SpeechChunk> chunks = new ArrayList<>();
  private final ChunkCutter cutter = new ChunkCutter(chunks::add);

  @Test
  void feed_contiguousSound_cutsChunksOnTheGrid() {
    for (int block = 0; block < 100; block++) {
      cutter.feed(block * 1_024L, new short[2_048], 1_024);
    }

    assertThat(startsMillis()).startsWith(0L, 100L, 200L).hasSize(21);
    assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.samples()).hasSize(1_600));
  }

  @Test
  void feed_startBetweenGridLines_putsEverySampleAtItsMediaTime() {
    cutter.feed(5_000, click(20_000, 12_345 - 5_000), 20_000);

    assertThat(startsMillis()).startsWith(100L, 200L);
    assertThat(clickMicros()).isEqualTo(12_345L * 1_000_000 / 48_000);
  }

  @Test
  void feed_clickAfterGap_keepsItsMediaTime() {
    cutter.feed(0, new short[2 * 4_000], 4_000);
    cutter.feed(10_000, click(20_000, 4_400), 20_000);

    assertThat(startsMillis()).startsWith(0L, 100L, 200L);
    assertThat(clickMicros()).isEqualTo(300_000);
  }

  @Test
  void feed_longGap_dropsTheBegunChunkAndLeavesOutWholeOnes() {
    cutter.feed(0, new short[2 * 4_000], 4_000);
    cutter.feed(480_000_000, click(20_000, 4_800), 20_000);

    assertThat(startsMillis()).startsWith(10_000_000L, 10_000_100L).hasSize(4);
    assertThat(clickMicros()).isEqualTo(10_000_100_000L);
  }

  @Test
  void feed_framesFedBefore_areSkipped() {
    cutter.feed(0, click(9_000, 6_000), 9_000);
    cutter.feed(4_000, new short[2 * 2_000], 2_000);
    cutter.feed(8_000, new short[2 * 20_000], 20_000);

    assertThat(startsMillis()).containsExactly(0L, 100L, 200L, 300L, 400L);
    assertThat(clickMicros()).isEqualTo(125_000);
  }

  @Test
  void finish_partOfAChunkLeft_handsItOverShort() {
    cutter.feed(0, new short[2 * 6_000], 6_000);
    cutter.finish();
    cutter.finish();

    assertThat(startsMillis()).containsExactly(0L, 100L);
    assertThat(chunks.get(1).samples()).hasSize(400);
    assertThat(chunks.get(1).endMicros()).isEqualTo(125_000);
  }

  @Test
  void finish_wholeChunkStillHeldByTheFilter_handsItOverWhole() {
    cutter.feed(0, new short[2 * 4_810], 4_810);
    cutter.finish();

    assertThat(chunks).hasSize(2);
    assertThat(chunks.get(0).samples()).hasSize(1_600);
    assertThat(chunks.get(1).samples()).hasSize(3);
  }

  private List<Long> startsMillis() {
    return chunks.stream().map(chunk -> chunk.mediaMicros() / 1_000).toList();
  }

  /** Media time of the largest sample, which a chunk's time and its index give. */
  private long clickMicros() {
    long atMicros = -1;
    int largest = 0;
    for (SpeechChunk chunk : chunks) {
      for (int n = 0; n < chunk.samples().length; n++) {
        if (chunk.samples()[n] > largest) {
          largest = chunk.samples()[n];
          atMicros = chunk.mediaMicros() + n * 1_000_000L / SpeechChunk.SAMPLE_RATE_HZ;
        }
      }
    }
    return atMicros;
  }

  private static short[] click(int frames, int at) {
    short[] stereo = new short[2 * frames];
    stereo[2 * at] = 30_000;
    stereo[2 * at + 1] = 30_000;
    return stereo;
  }
}
