package dev.livedub.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Times are in milliseconds where a person has to follow them; pictures are 40 ms apart. */
final class DtsGeneratorTest {

  private static final long FRAME_MICROS = 40_000;

  @Test
  void next_noReordering_isThePts() {
    assertThat(dtsMillis(new DtsGenerator(0, FRAME_MICROS), 0, 40, 80))
        .containsExactly(0L, 40L, 80L);
  }

  @Test
  void next_oneBetweenReferences_depthOne() {
    // Decoding order I0 P80 B40 P160 B120.
    assertThat(dtsMillis(new DtsGenerator(1, FRAME_MICROS), 0, 80, 40, 160, 120))
        .containsExactly(-40L, 0L, 40L, 80L, 120L);
  }

  @Test
  void next_pyramidOfThree_depthTwo() {
    // Decoding order I0 P160 B80 b40 b120 P320 B240 b200 b280.
    assertThat(
            dtsMillis(new DtsGenerator(2, FRAME_MICROS), 0, 160, 80, 40, 120, 320, 240, 200, 280))
        .containsExactly(-80L, -40L, 0L, 40L, 80L, 120L, 160L, 200L, 240L);
  }

  @Test
  void next_deeperPyramid_depthThree() {
    // Decoding order of seven pictures between references: 320 160 80 40 120 240 200 280.
    assertThat(
            dtsMillis(new DtsGenerator(3, FRAME_MICROS), 0, 320, 160, 80, 40, 120, 240, 200, 280))
        .containsExactly(-120L, -80L, -40L, 0L, 40L, 80L, 120L, 160L, 200L);
  }

  @Test
  void next_depthTooSmall_growsAndCatchesUpWithinAGroup() {
    DtsGenerator generator = new DtsGenerator(0, FRAME_MICROS);
    long[] ptsMillis = {0, 160, 80, 40, 120, 320, 240, 200, 280, 480, 400, 360, 440};
    List<Long> dts = dtsMillis(generator, ptsMillis);

    // 2 would do, had no picture gone out too early before that was known.
    assertThat(generator.reorderDepth()).isBetween(2, 3);
    assertThat(dts).doesNotHaveDuplicates().isSorted();
    for (int i = 5; i < ptsMillis.length; i++) {
      assertThat(dts.get(i)).as("picture %d", i).isLessThanOrEqualTo(ptsMillis[i]);
    }
  }

  @Test
  void restarted_atAReferenceInTheMidstOfAGroup_isNeverAfterThePts() {
    DtsGenerator before = new DtsGenerator(1, FRAME_MICROS);
    dtsMillis(before, 0, 160, 40, 80, 120);

    // The timestamps jump before P, and with it its three B-pictures: P1160 B1040 B1080 B1120.
    assertThat(dtsMillis(before.restarted(), 1_160, 1_040, 1_080, 1_120, 1_320, 1_200))
        .containsExactly(1_000L, 1_040L, 1_080L, 1_120L, 1_160L, 1_200L);
  }

  @Test
  void restarted_atAPictureThatIsShownFirst_isEarlyAndCatchesUp() {
    DtsGenerator before = new DtsGenerator(1, FRAME_MICROS);
    dtsMillis(before, 0, 160, 40, 80, 120);

    assertThat(dtsMillis(before.restarted(), 1_080, 1_120, 1_320, 1_200, 1_240, 1_280))
        .containsExactly(920L, 1_080L, 1_120L, 1_200L, 1_240L, 1_280L);
  }

  @Test
  void next_variableFrameRate_usesTheDistancesOfThePictures() {
    // Shown at 0 10 110 130 330; decoded as I0 P110 B10 P330 B130.
    assertThat(dtsMillis(new DtsGenerator(1, FRAME_MICROS), 0, 110, 10, 330, 130))
        .containsExactly(-40L, 0L, 10L, 110L, 130L);
  }

  @Test
  void next_samePtsTwice_staysAMillisecondApart() {
    assertThat(dtsMillis(new DtsGenerator(0, FRAME_MICROS), 0, 0, 0)).containsExactly(0L, 1L, 2L);
  }

  @RepeatedTest(50)
  void next_anyDecodingOrder_isStrictlyIncreasing(RepetitionInfo repetition) {
    long seed = 20_260_000 + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    int depth = random.nextInt(5);
    DtsGenerator generator = new DtsGenerator(random.nextInt(depth + 1), FRAME_MICROS);
    List<Long> pts = shuffledWithin(depth, random);
    long last = Long.MIN_VALUE;
    for (long ptsMicros : pts) {
      long dtsMicros = generator.next(ptsMicros);
      assertThat(dtsMicros).as("seed %d", seed).isGreaterThan(last);
      last = dtsMicros;
    }
    assertThat(generator.reorderDepth()).as("seed %d", seed).isLessThanOrEqualTo(16);
  }

  @RepeatedTest(50)
  void next_depthAsAnnounced_isNeverAfterThePts(RepetitionInfo repetition) {
    long seed = 20_270_000 + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    int depth = random.nextInt(5);
    DtsGenerator generator = new DtsGenerator(depth, FRAME_MICROS);
    for (long ptsMicros : shuffledWithin(depth, random)) {
      assertThat(generator.next(ptsMicros)).as("seed %d", seed).isLessThanOrEqualTo(ptsMicros);
    }
    assertThat(generator.reorderDepth()).as("seed %d", seed).isEqualTo(depth);
  }

  @Test
  void constructor_impossibleValues_namesThem() {
    assertThatThrownBy(() -> new DtsGenerator(17, FRAME_MICROS)).hasMessageContaining("17");
    assertThatThrownBy(() -> new DtsGenerator(-1, FRAME_MICROS)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new DtsGenerator(0, 0)).hasMessageContaining("nominalDurationMicros");
  }

  /**
   * A decoding order that a decoder with room for {@code depth} pictures can put right: it always
   * shows the smallest of those it holds, so each picture comes at most {@code depth} too early.
   */
  private static List<Long> shuffledWithin(int depth, Random random) {
    List<Long> shown = new ArrayList<>();
    long ptsMicros = 0;
    for (int i = 0; i < 100; i++) {
      shown.add(ptsMicros);
      ptsMicros += 5_000 + random.nextInt(80_000);
    }
    List<Long> decoded = new ArrayList<>();
    decoded.add(shown.get(0));
    for (int from = 1; from < shown.size(); from += depth + 1) {
      List<Long> group =
          new ArrayList<>(shown.subList(from, Math.min(shown.size(), from + depth + 1)));
      Collections.shuffle(group, random);
      decoded.addAll(group);
    }
    return decoded;
  }

  private static List<Long> dtsMillis(DtsGenerator generator, long... ptsMillis) {
    return Arrays.stream(ptsMillis)
        .map(pts -> generator.next(pts * 1_000) / 1_000)
        .boxed()
        .toList();
  }
}
