package dev.livedub.media.rtp;

import static dev.livedub.media.rtp.TestSession.annexB;
import static dev.livedub.media.rtp.TestSession.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Access units of H.264 and H.265 out of RTP packets, whatever sets marker bits. */
class PictureUnpackingTest {

  private static final byte[] SPS = bytes(0x67, 1, 2);
  private static final byte[] PPS = bytes(0x68, 3);
  private static final byte[] IDR = bytes(0x65, 0x88, 4, 5);
  private static final byte[] IDR_REST = bytes(0x65, 0x08, 6);
  private static final byte[] SLICE = bytes(0x41, 0x9A, 7);
  private static final byte[] SLICE_REST = bytes(0x41, 0x1A, 8);
  private static final byte[] FILLER = bytes(0x0C, 0xFF, 0x80);
  private static final int FRAME = 3_600;

  private final TestSession session = new TestSession(TestSession.h264());

  private void prove() {
    for (int i = 0; i <= PictureAssembler.PROOFS; i++) {
      session.send(0, true, i * FRAME, SLICE);
    }
    session.units.clear();
  }

  private static int after(int frames) {
    return (PictureAssembler.PROOFS + frames) * FRAME;
  }

  @Test
  void units_ofOneTime_areOneAccessUnit() {
    session.send(0, false, 0, SPS);
    session.send(0, false, 0, PPS);
    session.send(0, false, 0, IDR);
    session.send(0, true, 0, IDR_REST);
    session.send(0, true, FRAME, SLICE);

    assertThat(session.payloads()).containsExactly(annexB(SPS, PPS, IDR, IDR_REST));
    assertThat(session.units.get(0).keyframe()).isTrue();
    session.demuxer.finish();
    assertThat(session.payloads()).endsWith(annexB(SLICE)).hasSize(2);
    assertThat(session.units.get(1).keyframe()).isFalse();
    assertThat(session.times()).containsExactly(0L, 40_000L);
  }

  @Test
  void aggregate_isTakenApart() {
    session.send(0, false, 0, bytes(0x78, 0, 3, 0x67, 1, 2, 0, 2, 0x68, 3, 0, 4, 0x65, 0x88, 4, 5));
    session.send(0, true, 0, IDR_REST);
    session.demuxer.finish();

    assertThat(session.payloads()).containsExactly(annexB(SPS, PPS, IDR, IDR_REST));
  }

  @Test
  void fragments_arePutTogether() {
    session.send(0, false, 0, bytes(0x7C, 0x85, 0x88));
    session.sendAdorned(0, false, 0, bytes(0x7C, 0x05, 4));
    session.send(0, true, 0, bytes(0x7C, 0x45, 5));
    session.demuxer.finish();

    assertThat(session.payloads()).containsExactly(annexB(IDR));
    assertThat(session.units.get(0).keyframe()).isTrue();
  }

  @Test
  void fragments_behindALostOne_areLeftOut() {
    session.send(0, false, 0, bytes(0x7C, 0x85, 0x88, 4));
    session.lose(0);
    session.send(0, true, 0, bytes(0x7C, 0x45, 9));
    session.send(0, true, FRAME, SLICE);
    session.send(0, true, 2 * FRAME, SLICE);

    assertThat(session.payloads()).containsExactly(annexB(bytes(0x65, 0x88, 4)), annexB(SLICE));
  }

  @Test
  void provenMarker_givesOutAtOnce() {
    prove();

    session.send(0, false, after(1), SLICE);
    assertThat(session.units).isEmpty();
    session.send(0, true, after(1), SLICE_REST);
    assertThat(session.payloads()).containsExactly(annexB(SLICE, SLICE_REST));
    session.send(0, false, after(2), SPS);
    session.send(0, false, after(2), PPS);
    session.send(0, true, after(2), IDR);
    session.send(0, true, after(3), SLICE);

    assertThat(session.payloads())
        .containsExactly(annexB(SLICE, SLICE_REST), annexB(SPS, PPS, IDR), annexB(SLICE));
  }

  @Test
  void markerOnEverySlice_isNeverBelieved() {
    for (int i = 0; i < 30; i++) {
      session.send(0, true, i * FRAME, SLICE);
      session.send(0, true, i * FRAME, SLICE_REST);
    }

    assertThat(session.units).hasSize(29);
    assertThat(session.payloads())
        .allSatisfy(unit -> assertThat(unit).isEqualTo(annexB(SLICE, SLICE_REST)));
  }

  @Test
  void markerThatTurnsOutWrong_isNotBelievedAgain() {
    prove();
    for (int i = 1; i < 30; i++) {
      session.send(0, true, after(i), SLICE);
      session.send(0, true, after(i), SLICE_REST);
    }

    assertThat(session.payloads()).startsWith(annexB(SLICE), annexB(SLICE_REST));
    assertThat(session.payloads().subList(2, session.units.size()))
        .hasSize(27)
        .allSatisfy(unit -> assertThat(unit).isEqualTo(annexB(SLICE, SLICE_REST)));
  }

  @Test
  void noMarkers_theNextTimeEndsAnAccessUnit() {
    for (int i = 0; i < 30; i++) {
      session.send(0, false, i * FRAME, SLICE);
      session.send(0, false, i * FRAME, SLICE_REST);
    }

    assertThat(session.units).hasSize(29);
  }

  @Test
  void parameterSetsUnderTheTimeOfThePictureBefore_belongToTheNext() {
    session.send(0, true, 0, SLICE);
    session.send(0, true, 0, SPS);
    session.send(0, true, 0, PPS);
    session.send(0, true, FRAME, IDR);
    session.send(0, true, 2 * FRAME, SLICE);

    assertThat(session.payloads()).containsExactly(annexB(SLICE), annexB(SPS, PPS, IDR));
    assertThat(session.times()).containsExactly(0L, 40_000L);
  }

  @Test
  void twoPicturesOfOneTime_eachWithItsMarker_areTwo() {
    session.send(0, true, 0, SLICE);
    session.send(0, true, 0, SLICE);
    session.send(0, true, FRAME, SLICE);

    assertThat(session.units).hasSize(2);
  }

  @Test
  void fillerBehindASlice_staysWithIt() {
    session.send(0, false, 0, SLICE);
    session.send(0, true, 0, FILLER);
    session.send(0, true, FRAME, SLICE);

    assertThat(session.payloads()).containsExactly(annexB(SLICE, FILLER));
  }

  @Test
  void recoveryPoint_isAKeyframe() {
    byte[] recovery = bytes(0x06, 5, 3, 0, 0, 3, 1, 6, 1, 0xC4, 0x80);
    byte[] other = bytes(0x06, 5, 2, 6, 1, 0x80);
    session.send(0, false, 0, recovery);
    session.send(0, true, 0, SLICE);
    session.send(0, false, FRAME, other);
    session.send(0, true, FRAME, SLICE);
    session.demuxer.finish();

    assertThat(session.units).extracting(TestSession.Unit::keyframe).containsExactly(true, false);
  }

  @Test
  void packetsThatMakeNoSense_areLeftOut() {
    session.send(0, true, 0);
    session.send(0, true, 0, bytes(0x7C));
    session.send(0, true, 0, bytes(0x78, 0xFF));
    session.send(0, true, 0, bytes(0x7F, 1, 2, 3));
    session.send(0, true, 0, bytes(0x78, 0xFF, 0xFF, 0x41, 0x9A));
    session.demuxer.finish();

    assertThat(session.payloads()).containsExactly(annexB(bytes(0x41, 0x9A)));
  }

  @Test
  void h265_aggregatesAndFragments_arePutTogether() {
    TestSession hevc = new TestSession(TestSession.h265());
    byte[] vps = bytes(0x40, 1, 1);
    byte[] sps = bytes(0x42, 1, 2);
    byte[] idr = bytes(0x26, 1, 0x80, 4, 5);
    byte[] slice = bytes(0x02, 1, 0xD0, 6);
    hevc.send(0, false, 0, bytes(0x60, 1, 0, 3, 0x40, 1, 1, 0, 3, 0x42, 1, 2));
    hevc.send(0, false, 0, bytes(0x62, 1, 0x93, 0x80));
    hevc.send(0, false, 0, bytes(0x62, 1, 0x13, 4));
    hevc.send(0, true, 0, bytes(0x62, 1, 0x53, 5));
    hevc.send(0, true, FRAME, slice);
    hevc.demuxer.finish();

    assertThat(hevc.payloads()).containsExactly(annexB(vps, sps, idr), annexB(slice));
    assertThat(hevc.units).extracting(TestSession.Unit::keyframe).containsExactly(true, false);
  }
}
