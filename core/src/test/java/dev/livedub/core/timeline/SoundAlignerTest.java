package dev.livedub.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Blocks are AAC frames of 1,024 samples; 48 samples are a millisecond. */
final class SoundAlignerTest {

  private static final int BLOCK = 1024;
  private static final int MILLISECOND = 48;

  private final SoundAligner aligner = new SoundAligner();

  @Test
  void plan_firstBlock_isPutWhereItsTimestampSays() {
    SoundAligner.Plan plan = plan(5_000, 0);

    assertThat(plan.firstSample()).isEqualTo(5_000);
    assertThat(plan.skipFrames()).isZero();
    assertThat(plan.discontinuity()).isEmpty();
    assertThat(aligner.nextSample()).hasValue(5_000 + BLOCK);
  }

  @Test
  void plan_firstBlockWithoutTimestamp_isPutAtTheFloor() {
    assertThat(aligner.plan(OptionalLong.empty(), BLOCK, 777).firstSample()).isEqualTo(777);
  }

  @Test
  void plan_jitter_isLeftAlone() {
    for (int i = 0; i < 2_000; i++) {
      long jitter = (i % 3 - 1) * 3L * MILLISECOND;
      SoundAligner.Plan plan = plan((long) i * BLOCK + Math.max(0, i == 0 ? 0 : jitter), 0);
      assertThat(plan.firstSample()).as("block %d", i).isEqualTo((long) i * BLOCK);
      assertThat(plan.stretchFrames()).isZero();
      assertThat(plan.discontinuity()).isEmpty();
    }
  }

  @Test
  void plan_slowCrystal_isFollowedByStretching() {
    // 100 ppm: in ten minutes the sound would be 60 ms early.
    long lastError = 0;
    boolean stretched = false;
    for (int i = 0; i < 600 * 48_000 / BLOCK; i++) {
      long target = Math.round(i * BLOCK * 1.0001);
      SoundAligner.Plan plan = plan(target, 0);
      assertThat(plan.discontinuity()).as("block %d", i).isEmpty();
      assertThat(Math.abs(plan.stretchFrames())).isLessThanOrEqualTo(BLOCK / 256);
      stretched |= plan.stretchFrames() > 0;
      lastError = target - plan.firstSample();
    }
    assertThat(stretched).isTrue();
    assertThat(lastError).isBetween(0L, 5L * MILLISECOND);
    assertThat(aligner.lagSamples()).isCloseTo(-lastError, within(1.0 * MILLISECOND));
  }

  @Test
  void plan_fastCrystal_isFollowedBySqueezing() {
    long lastError = 0;
    for (int i = 0; i < 600 * 48_000 / BLOCK; i++) {
      long target = Math.round(i * BLOCK * 0.9999);
      SoundAligner.Plan plan = plan(target, 0);
      assertThat(plan.discontinuity()).as("block %d", i).isEmpty();
      lastError = target - plan.firstSample();
    }
    assertThat(lastError).isBetween(-5L * MILLISECOND, 0L);
  }

  @Test
  void plan_gap_isHonouredAtOnce() {
    plan(0, 0);
    SoundAligner.Plan plan = plan(BLOCK + 100 * MILLISECOND, 0);

    assertThat(plan.firstSample()).isEqualTo(BLOCK + 100 * MILLISECOND);
    assertThat(plan.discontinuity()).hasValue(Discontinuity.GAP);
  }

  @Test
  void plan_overlap_dropsWhatCameTwice() {
    plan(0, 0);
    for (int i = 1; i < 6; i++) {
      plan((long) i * BLOCK, 0);
    }
    // 5 · 1,024 samples back: the first five blocks after it are known already.
    for (int i = 1; i < 6; i++) {
      SoundAligner.Plan plan = plan((long) i * BLOCK, 0);
      assertThat(plan.skipFrames()).as("block %d again", i).isEqualTo(BLOCK);
      assertThat(plan.discontinuity()).hasValue(Discontinuity.OVERLAP);
    }
    SoundAligner.Plan plan = plan(6 * BLOCK, 0);
    assertThat(plan.skipFrames()).isZero();
    assertThat(plan.firstSample()).isEqualTo(6 * BLOCK);
    assertThat(plan.discontinuity()).isEmpty();
  }

  @Test
  void plan_overlapWithoutTimestamps_isDroppedToItsEnd() {
    plan(0, 0);
    for (int i = 1; i < 6; i++) {
      plan((long) i * BLOCK, 0);
    }
    assertThat(plan(BLOCK, 0).skipFrames()).isEqualTo(BLOCK);
    for (int i = 2; i < 6; i++) {
      assertThat(aligner.plan(OptionalLong.empty(), BLOCK, 0).skipFrames()).isEqualTo(BLOCK);
    }
    SoundAligner.Plan plan = aligner.plan(OptionalLong.empty(), BLOCK, 0);
    assertThat(plan.firstSample()).isEqualTo(6 * BLOCK);
    assertThat(plan.skipFrames()).isZero();
  }

  @Test
  void plan_partialOverlap_keepsTheRest() {
    SoundAligner.Plan first = aligner.plan(OptionalLong.of(0), 9_600, 0);
    SoundAligner.Plan second = aligner.plan(OptionalLong.of(4_800), 9_600, 0);

    assertThat(first.firstSample()).isZero();
    assertThat(second.skipFrames()).isEqualTo(4_800);
    assertThat(second.firstSample()).isEqualTo(9_600);
    assertThat(aligner.nextSample()).hasValue(14_400);
  }

  @Test
  void plan_lastingErrorOfTwentyFiveMilliseconds_isHonouredSoon() {
    plan(0, 0);
    int blocks = 0;
    SoundAligner.Plan plan;
    do {
      blocks++;
      plan = plan((long) blocks * BLOCK + 40 * MILLISECOND, 0);
    } while (plan.discontinuity().isEmpty() && blocks < 200);
    assertThat(plan.discontinuity()).hasValue(Discontinuity.GAP);
    assertThat(blocks * BLOCK / 48).as("milliseconds").isLessThan(2_000);
  }

  @Test
  void plan_beforeTheFloor_dropsWhatIsTooLate() {
    plan(0, 0);
    SoundAligner.Plan plan = plan(BLOCK, BLOCK + 24);

    assertThat(plan.skipFrames()).isEqualTo(24);
    assertThat(plan.firstSample()).isEqualTo(BLOCK + 24);
    assertThat(plan.discontinuity()).hasValue(Discontinuity.LATE);
    assertThat(aligner.nextSample()).hasValue(2 * BLOCK);
  }

  @Test
  void plan_whollyBeforeTheFloor_keepsNothingButTheOrder() {
    plan(0, 0);
    SoundAligner.Plan plan = plan(BLOCK, 100_000);

    assertThat(plan.skipFrames()).isEqualTo(BLOCK);
    assertThat(aligner.nextSample()).hasValue(2 * BLOCK);
  }

  @Test
  void plan_beforeTheBeginning_isNotCalledLate() {
    SoundAligner.Plan plan = plan(-24, 0);

    assertThat(plan.skipFrames()).isEqualTo(24);
    assertThat(plan.firstSample()).isZero();
    assertThat(plan.discontinuity()).isEmpty();
  }

  @Test
  void interrupted_nextBlockWithATimestamp_isPutExactlyThere() {
    plan(0, 0);
    aligner.interrupted();
    SoundAligner.Plan untimed = aligner.plan(OptionalLong.empty(), BLOCK, 0);
    SoundAligner.Plan timed = plan(2 * BLOCK + 3 * MILLISECOND, 0);
    SoundAligner.Plan after = plan(3 * BLOCK + 6 * MILLISECOND, 0);

    assertThat(untimed.firstSample()).isEqualTo(BLOCK);
    assertThat(timed.firstSample()).isEqualTo(2 * BLOCK + 3 * MILLISECOND);
    assertThat(timed.discontinuity()).hasValue(Discontinuity.GAP);
    assertThat(after.firstSample()).as("jitter again").isEqualTo(3 * BLOCK + 3 * MILLISECOND);
  }

  @Test
  void interrupted_errorOfRounding_isLeftAlone() {
    plan(0, 0);
    aligner.interrupted();
    SoundAligner.Plan plan = plan(BLOCK + MILLISECOND, 0);

    assertThat(plan.firstSample()).isEqualTo(BLOCK);
    assertThat(plan.discontinuity()).isEmpty();
  }

  private SoundAligner.Plan plan(long targetSample, long floorSample) {
    return aligner.plan(OptionalLong.of(targetSample), BLOCK, floorSample);
  }
}
