package dev.livedub.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A ring of 8 frames; frame {@code n} holds {@code n} on the left and {@code −n} on the right. */
final class SoundTrackTest {

  private final SoundTrack track = new SoundTrack(8);

  @Test
  void read_nothingWritten_isSilenceAndMovesOn() {
    assertThat(read(3)).containsExactly(0, 0, 0);
    assertThat(track.readSample()).isEqualTo(3);
    assertThat(track.endSample()).isEqualTo(3);
  }

  @Test
  void read_hole_isSilence() {
    assertThat(write(1, 2)).isZero();
    assertThat(write(5, 1)).isZero();

    assertThat(track.endSample()).isEqualTo(6);
    assertThat(read(6)).containsExactly(0, 1, 2, 0, 0, 5);
  }

  @Test
  void write_roundAndRound_keepsEveryFrameInItsPlace() {
    for (int n = 0; n < 100; n += 5) {
      assertThat(write(n, 5)).isZero();
      assertThat(read(5)).containsExactly(n, n + 1, n + 2, n + 3, n + 4);
    }
  }

  @Test
  void write_behindTheReader_isNotTaken() {
    read(4);
    assertThat(write(2, 3)).isEqualTo(2);
    assertThat(write(0, 3)).isEqualTo(3);

    assertThat(read(1)).containsExactly(4);
  }

  @Test
  void write_tooFarAhead_isNotTaken() {
    assertThat(write(6, 5)).isEqualTo(3);
    assertThat(write(8, 2)).isEqualTo(2);
    assertThat(read(8)).containsExactly(0, 0, 0, 0, 0, 0, 6, 7);
    assertThat(read(3)).as("nothing left over from the round before").containsExactly(0, 0, 0);
  }

  @Test
  void write_twice_theLaterHolds() {
    write(0, 4);
    short[] other = {90, 90};
    track.write(2, other, 0, 1);

    assertThat(read(4)).containsExactly(0, 1, 90, 3);
  }

  @Test
  void write_offset_takesTheRest() {
    short[] frames = {1, -1, 2, -2, 3, -3};
    assertThat(track.write(0, frames, 1, 2)).isZero();

    assertThat(read(2)).containsExactly(2, 3);
  }

  private int write(int first, int frames) {
    short[] stereo = new short[frames * 2];
    for (int i = 0; i < frames; i++) {
      stereo[2 * i] = (short) (first + i);
      stereo[2 * i + 1] = (short) -(first + i);
    }
    return track.write(first, stereo, 0, frames);
  }

  private int[] read(int frames) {
    short[] stereo = new short[frames * 2];
    track.read(stereo, frames);
    int[] left = new int[frames];
    for (int i = 0; i < frames; i++) {
      left[i] = stereo[2 * i];
      if (left[i] < 90) {
        assertThat(stereo[2 * i + 1]).isEqualTo((short) -left[i]);
      }
    }
    return left;
  }
}
