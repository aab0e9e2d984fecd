package dev.livedub.core.dub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DubTrackTest {

  private static final int SECOND = 48_000;
  private final DubTrack track = new DubTrack(10 * SECOND);

  @Test
  void place_aheadOfAir_liesWhereItsSourceLay() {
    track.beginAt(0);
    track.place(voice(24_000), SECOND);

    short[] sound = readAll(3 * SECOND);

    assertThat(firstSound(sound)).isBetween(SECOND, SECOND + 3);
    assertThat(lastSound(sound)).isBetween(2 * SECOND - 10, 2 * SECOND);
    assertThat(sound[SECOND + 20_000]).isEqualTo((short) 1_000);
  }

  @Test
  void place_adjacentPieces_areOneRunWithoutASeam() {
    short[] voice = sine(24_000);
    track.beginAt(0);
    track.place(voice, SECOND);
    DubTrack pieced = new DubTrack(10 * SECOND);
    pieced.beginAt(0);
    for (int from = 0; from < voice.length; from += 1_200) {
      pieced.place(Arrays.copyOfRange(voice, from, from + 1_200), SECOND + 2L * from);
    }

    assertThat(readAll(pieced, 3 * SECOND)).isEqualTo(readAll(3 * SECOND));
  }

  @Test
  void place_tooLate_beginsAtTheEarliestPositionAndLosesNothing() {
    readAll(5 * SECOND);
    track.place(voice(24_000), SECOND);

    short[] sound = new short[2 * SECOND];
    track.read(5 * SECOND, 2 * SECOND, 2 * SECOND, sound);

    int first = firstSound(sound);
    assertThat(first).isBetween(DubTrack.LEAD_SAMPLES, DubTrack.LEAD_SAMPLES + 3);
    assertThat(lastSound(sound) - first).isCloseTo(SECOND, within(15));
  }

  @Test
  void place_sourceUnderneathTheVoiceBefore_waitsForItsEnd() {
    track.beginAt(0);
    track.place(voice(24_000), SECOND);
    track.place(voice(24_000), SECOND + 10_000);
    track.place(voice(24_000), 4 * SECOND);

    short[] sound = readAll(6 * SECOND);

    assertThat(firstSound(sound)).isBetween(SECOND, SECOND + 3);
    assertThat(sound[2 * SECOND + 24_000]).isEqualTo((short) 1_000);
    assertThat(sound[3 * SECOND + 10]).isZero();
    assertThat(sound[4 * SECOND - 10]).isZero();
    assertThat(sound[4 * SECOND + 24_000]).isEqualTo((short) 1_000);
  }

  @Test
  void follow_afterVoiceAhead_joinsIt() {
    track.beginAt(0);
    track.place(voice(24_000), SECOND);
    track.follow(voice(24_000), earliest -> 9 * SECOND);

    short[] sound = readAll(4 * SECOND);

    assertThat(sound[2 * SECOND]).isCloseTo((short) 1_000, within((short) 5));
    assertThat(lastSound(sound)).isBetween(3 * SECOND - 10, 3 * SECOND);
  }

  @Test
  void follow_nothingBefore_beginsAtTheAnchor() {
    track.beginAt(0);
    track.follow(voice(24_000), earliest -> 2 * SECOND);

    assertThat(firstSound(readAll(4 * SECOND))).isBetween(2 * SECOND, 2 * SECOND + 3);
  }

  @Test
  void read_runEndsInMidVoice_fadesInsteadOfClicking() {
    track.beginAt(0);
    track.place(voice(2_400), SECOND);

    short[] sound = readAll(2 * SECOND);

    int largest = 0;
    for (int n = 1; n < sound.length; n++) {
      largest = Math.max(largest, Math.abs(sound[n] - sound[n - 1]));
    }
    assertThat(largest).isLessThan(15);
  }

  @Test
  void read_runIsContinuedAfterItsFadeWentOnAir_beginsANewOne() {
    track.beginAt(0);
    track.place(voice(2_400), SECOND);
    short[] before = new short[2 * SECOND];
    track.read(0, SECOND + 4_750, 2 * SECOND, before);
    track.place(voice(2_400), SECOND + 4_800);

    short[] after = new short[SECOND];
    track.read(SECOND + 4_750, SECOND, SECOND, after);

    assertThat(lastSound(Arrays.copyOf(after, 2_000))).isLessThan(50);
    assertThat(firstSound(Arrays.copyOfRange(after, 60, SECOND)) + 60)
        .isBetween(DubTrack.LEAD_SAMPLES, DubTrack.LEAD_SAMPLES + 3);
  }

  @Test
  void place_flood_isBoundedAndSaysWhatItDropped() {
    track.beginAt(0);
    for (int i = 0; i < 100; i++) {
      track.place(voice(24_000), 0);
    }

    assertThat(track.droppedSamples()).isBetween(90L * SECOND, 91L * SECOND);
    assertThat(lastSound(readAll(12 * SECOND))).isLessThan(10 * SECOND);
  }

  @Test
  void place_farFutureSource_isDropped() {
    track.beginAt(0);
    track.place(voice(2_400), Long.MAX_VALUE / 4);

    assertThat(track.droppedSamples()).isEqualTo(4_800);
  }

  @Test
  void read_longAfter_findsSilenceWhereOldVoiceLay() {
    track.beginAt(0);
    for (int second = 0; second < 9; second++) {
      track.place(voice(24_000), (long) second * SECOND);
    }
    readAll(10 * SECOND);

    short[] later = new short[20 * SECOND];
    Arrays.fill(later, (short) 7);
    assertThat(track.read(10 * SECOND, 1_000, 20 * SECOND, later)).isFalse();
  }

  private short[] readAll(int samples) {
    return readAll(track, samples);
  }

  private static short[] readAll(DubTrack track, int samples) {
    short[] all = new short[samples];
    short[] block = new short[1_000];
    for (int at = 0; at < samples; at += 1_000) {
      if (track.read(at, 1_000, 1_000, block)) {
        System.arraycopy(block, 0, all, at, 1_000);
      }
    }
    return all;
  }

  private static short[] voice(int samples) {
    short[] voice = new short[samples];
    Arrays.fill(voice, (short) 1_000);
    return voice;
  }

  private static short[] sine(int samples) {
    short[] voice = new short[samples];
    for (int n = 0; n < samples; n++) {
      voice[n] = (short) (8_000 * Math.sin(n * 0.3));
    }
    return voice;
  }

  private static int firstSound(short[] sound) {
    for (int n = 0; n < sound.length; n++) {
      if (sound[n] != 0) {
        return n;
      }
    }
    return -1;
  }

  private static int lastSound(short[] sound) {
    for (int n = sound.length - 1; n >= 0; n--) {
      if (sound[n] != 0) {
        return n;
      }
    }
    return -1;
  }
}
