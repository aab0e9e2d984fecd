package dev.livedub.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/**
 * A source whose pictures come every 40 ms and whose sound comes every 20 ms, each packet the
 * moment its content happens; output time 0 is wall time 0 unless a test says otherwise.
 */
final class TimelineMapperTest {

  private static final long SECOND = 1_000_000;
  private static final long HOUR = 3_600 * SECOND;
  private static final long VIDEO_FRAME = 40_000;
  private static final long AUDIO_FRAME = 20_000;

  /** 2^32 ticks of 90 kHz and of 48 kHz. */
  private static final long VIDEO_WRAP = 47_721_858_844L;

  private static final long AUDIO_WRAP = 89_478_485_333L;

  private final List<Discontinuity> breaks = new ArrayList<>();
  private final PlayoutClock clock = new PlayoutClock(Duration.ofSeconds(6));
  private final TimelineMapper mapper = new TimelineMapper(clock, true, breaks::add);

  /** Where the source's stamps stand, as against wall time. */
  private long videoStamp = 10 * SECOND;

  private long audioStamp = 10 * SECOND;

  /** How much later than wall time packets arrive. */
  private long lateness;

  private long wall;

  @Test
  void map_firstPacket_isTimeZero() {
    mapper.connected();
    assertThat(mapper.isOpen()).isFalse();

    assertThat(video(7_777)).isZero();
    assertThat(mapper.isOpen()).isTrue();
    assertThat(breaks).isEmpty();
  }

  @Test
  void map_otherStream_sharesTheOffset() {
    mapper.connected();
    video(5 * SECOND);

    assertThat(audio(5 * SECOND + 10_000)).isEqualTo(10_000);
    assertThat(audio(5 * SECOND - 30_000 + 20_000)).isEqualTo(-10_000);
    assertThat(mapper.offsetMicros(StreamKind.VIDEO))
        .isEqualTo(mapper.offsetMicros(StreamKind.AUDIO));
  }

  @Test
  void map_stampsJumpForward_bothGoOnInStep() {
    jump(HOUR, HOUR);
  }

  @Test
  void map_stampsJumpBack_bothGoOnInStep() {
    jump(-HOUR, -HOUR);
  }

  @Test
  void map_stampsWrapAtTheirOwnClocks_bothGoOnInStep() {
    jump(-VIDEO_WRAP, -AUDIO_WRAP);
  }

  @Test
  void map_soundWrapsMuchLater_bothGoOnInStep() {
    start();
    videoStamp -= VIDEO_WRAP;
    live(10 * SECOND);
    audioStamp -= AUDIO_WRAP;
    live(10 * SECOND);

    assertThat(breaks).containsExactly(Discontinuity.JUMP, Discontinuity.JUMP);
  }

  @Test
  void map_pauseThatAgreesWithTheWall_isAGap() {
    start();
    wall += 30 * SECOND;
    live(5 * SECOND);

    assertThat(breaks).isEmpty();
  }

  @Test
  void map_jumpThatLooksLikeAPause_isNoGap() {
    start();
    long before = wall;
    videoStamp += 30 * SECOND;
    audioStamp += 30 * SECOND;
    live(5 * SECOND);

    assertThat(wall).isEqualTo(before + 5 * SECOND);
    assertThat(breaks).containsExactly(Discontinuity.JUMP);
  }

  @Test
  void map_smallStepBack_isTheSameTimeline() {
    start();
    audioStamp -= 100_000;

    assertThat(audio(audioStamp + wall)).isEqualTo(wall - 100_000);
    assertThat(breaks).isEmpty();
  }

  @Test
  void connected_again_goesOnAtLiveTime() {
    start();
    wall += 10 * SECOND;
    videoStamp = -wall;
    audioStamp = -wall;
    mapper.connected();
    assertThat(mapper.isOpen()).isFalse();
    live(5 * SECOND);

    assertThat(breaks).containsExactly(Discontinuity.RECONNECT);
  }

  @Test
  void connected_againAtOnce_neverGoesBeforeWhatWasThere() {
    start();
    long reached = mapper.expectedMicros(StreamKind.VIDEO).getAsLong();
    mapper.connected();
    // The server's cache begins with a packet that is as old as a group of pictures.
    long out = mapper.map(StreamKind.VIDEO, 0, VIDEO_FRAME, (wall - 2 * SECOND) * 1_000);

    assertThat(out).isGreaterThanOrEqualTo(reached);
  }

  @Test
  void map_sourceStoodStill_reanchorsAfterASecondOfLateness() {
    start();
    long frozen = 9 * SECOND;
    lateness = frozen;
    List<Long> wrong = new ArrayList<>();
    for (long end = wall + 5 * SECOND; wall < end; wall += VIDEO_FRAME) {
      long offAir = wall + lateness - video(videoStamp + wall);
      audio(audioStamp + wall);
      audio(audioStamp + wall + AUDIO_FRAME);
      if (Math.abs(offAir) > AUDIO_FRAME) {
        wrong.add(offAir);
      }
    }
    assertThat(breaks).containsExactly(Discontinuity.LATE);
    assertThat(wrong).hasSizeBetween(25, 30).containsOnly(frozen);
    assertThat(mapper.offsetMicros(StreamKind.AUDIO))
        .isEqualTo(mapper.offsetMicros(StreamKind.VIDEO));
  }

  @Test
  void map_burstAfterAStall_keepsItsPlace() {
    start();
    long from = wall;
    long resumed = wall + 9 * SECOND;
    for (; wall < resumed; wall += VIDEO_FRAME) {
      lateness = resumed - wall + (wall - from) / 50; // all within 0.2 s
      assertThat(video(videoStamp + wall)).isEqualTo(wall);
      assertThat(audio(audioStamp + wall)).isEqualTo(wall);
      audio(audioStamp + wall + AUDIO_FRAME);
    }
    assertThat(breaks).isEmpty();
  }

  @Test
  void map_soundStartsLate_joinsAtItsStamps() {
    mapper.connected();
    for (; wall < 20 * SECOND; wall += VIDEO_FRAME) {
      video(videoStamp + wall);
    }
    assertThat(mapper.expectedMicros(StreamKind.AUDIO)).isEmpty();

    assertThat(audio(audioStamp + wall)).isEqualTo(wall);
    assertThat(breaks).isEmpty();
  }

  @Test
  void map_soundOnAClockOfItsOwn_startsNow() {
    mapper.connected();
    for (; wall < 20 * SECOND; wall += VIDEO_FRAME) {
      video(videoStamp + wall);
    }
    audioStamp += HOUR;

    assertThat(audio(audioStamp + wall)).isEqualTo(wall);
    assertThat(breaks).containsExactly(Discontinuity.JUMP);
    assertThat(mapper.offsetMicros(StreamKind.VIDEO))
        .as("the picture keeps its own")
        .isEqualTo(-videoStamp);
  }

  @Test
  void restartSound_soundAlwaysJustTooLate_startsNow() {
    start();
    lateness = 3 * SECOND;
    mapper.restartSound(audioStamp + wall, arrivalNanos());

    assertThat(audio(audioStamp + wall)).isEqualTo(wall + lateness);
    assertThat(breaks).containsExactly(Discontinuity.LATE);
  }

  @Test
  void map_jumpBehindWhatIsOnAir_goesOnAtTheAir() {
    start();
    mapper.onAir(wall + SECOND);
    videoStamp -= HOUR;

    assertThat(video(videoStamp + wall)).isEqualTo(wall + SECOND);
  }

  @Test
  void skip_packetsWithoutStamp_moveWhatIsExpected() {
    mapper.connected();
    mapper.skip(StreamKind.AUDIO, AUDIO_FRAME);
    assertThat(mapper.expectedMicros(StreamKind.AUDIO)).isEmpty();
    audio(SECOND);
    mapper.skip(StreamKind.AUDIO, AUDIO_FRAME);

    assertThat(mapper.expectedMicros(StreamKind.AUDIO)).hasValue(2 * AUDIO_FRAME);
  }

  @Test
  void map_fileReadFast_keepsPausesAndMendsStepsBack() {
    TimelineMapper file = new TimelineMapper(clock, false, breaks::add);
    file.connected();
    file.map(StreamKind.VIDEO, 0, VIDEO_FRAME, 1);

    assertThat(file.map(StreamKind.VIDEO, 100 * SECOND, VIDEO_FRAME, 2)).isEqualTo(100 * SECOND);
    assertThat(breaks).isEmpty();
    assertThat(file.map(StreamKind.VIDEO, 0, VIDEO_FRAME, 3)).isEqualTo(100 * SECOND + VIDEO_FRAME);
    assertThat(breaks).containsExactly(Discontinuity.JUMP);
  }

  @RepeatedTest(30)
  void map_anyBreaks_keepOutputTimeOnTheWallAndInStep(RepetitionInfo repetition) {
    long seed = 20_280_000 + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    start();
    for (int i = 0; i < 20; i++) {
      long by = (random.nextInt(100_000) - 50_000) * SECOND + random.nextInt(1_000_000);
      switch (random.nextInt(3)) {
        case 0 -> {
          videoStamp += by;
          audioStamp += by;
        }
        case 1 -> wall += Math.abs(by) / 1_000;
        default -> {
          videoStamp += by;
          audioStamp += by;
          wall += SECOND * random.nextInt(100);
          mapper.connected();
        }
      }
      assertThat(liveError(3 * SECOND)).as("seed %d, break %d", seed, i).isLessThan(500_001);
      assertThat(mapper.offsetMicros(StreamKind.AUDIO) + audioStamp)
          .as("in step: seed %d, break %d", seed, i)
          .isEqualTo(mapper.offsetMicros(StreamKind.VIDEO) + videoStamp);
    }
  }

  private void jump(long videoBy, long audioBy) {
    start();
    videoStamp += videoBy;
    audioStamp += audioBy;
    live(5 * SECOND);

    assertThat(breaks).isNotEmpty().containsOnly(Discontinuity.JUMP);
    assertThat(breaks).hasSize(videoBy == audioBy ? 1 : 2);
  }

  private void start() {
    mapper.connected();
    live(5 * SECOND);
  }

  /** Plays on; every packet must lie exactly where the wall has it. */
  private void live(long lengthMicros) {
    assertThat(liveError(lengthMicros)).isZero();
  }

  private long liveError(long lengthMicros) {
    long worst = 0;
    for (long end = wall + lengthMicros; wall < end; ) {
      worst = Math.max(worst, Math.abs(video(videoStamp + wall) - wall));
      worst = Math.max(worst, Math.abs(audio(audioStamp + wall) - wall));
      wall += AUDIO_FRAME;
      worst = Math.max(worst, Math.abs(audio(audioStamp + wall) - wall));
      wall += VIDEO_FRAME - AUDIO_FRAME;
    }
    return worst;
  }

  private long video(long inMicros) {
    return mapper.map(StreamKind.VIDEO, inMicros, VIDEO_FRAME, arrivalNanos());
  }

  private long audio(long inMicros) {
    return mapper.map(StreamKind.AUDIO, inMicros, AUDIO_FRAME, arrivalNanos());
  }

  private long arrivalNanos() {
    return (wall + lateness) * 1_000;
  }
}
