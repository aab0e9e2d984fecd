package dev.livedub.testkit.nal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VclHashTest {

  private static final byte[] SPS = {0x67, 0x42, 0, 0x1e, 1};
  private static final byte[] SEI = {6, 5, 4, (byte) 0x80};
  private static final byte[] IDR = {0x65, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  private static final byte[] SLICE = {0x41, 9, 8, 7};

  @Test
  void ofAnnexB_sameSlicesWithOtherParameterSets_hashesAlike() {
    long bare = VclHash.ofAnnexB(Codec.H264, annexB(3, 0, IDR, SLICE));

    assertThat(bare).isNotEqualTo(VclHash.NONE);
    assertThat(VclHash.ofAnnexB(Codec.H264, annexB(4, 0, SPS, SEI, IDR, SLICE))).isEqualTo(bare);
    assertThat(VclHash.ofLengthPrefixed(Codec.H264, prefixed(SEI, IDR, SPS, SLICE)))
        .isEqualTo(bare);
  }

  @Test
  void ofAnnexB_zeroBytesBeforeNextStartCode_doNotMatter() {
    assertThat(VclHash.ofAnnexB(Codec.H264, annexB(4, 3, IDR, SLICE)))
        .isEqualTo(VclHash.ofAnnexB(Codec.H264, annexB(3, 0, IDR, SLICE)));
  }

  @Test
  void ofAnnexB_anyByteOfASliceChanged_changes() {
    byte[] au = annexB(4, 0, IDR);
    long before = VclHash.ofAnnexB(Codec.H264, au);
    for (int i = 5; i < au.length; i++) {
      byte[] changed = au.clone();
      changed[i] ^= 0x40;
      assertThat(VclHash.ofAnnexB(Codec.H264, changed)).as("byte %d", i).isNotEqualTo(before);
    }
  }

  @Test
  void ofAnnexB_unitsSplitOrSwapped_changes() {
    long joined = VclHash.ofAnnexB(Codec.H264, annexB(4, 0, IDR, SLICE));

    assertThat(VclHash.ofAnnexB(Codec.H264, annexB(4, 0, SLICE, IDR))).isNotEqualTo(joined);
    assertThat(VclHash.ofAnnexB(Codec.H264, annexB(4, 0, IDR))).isNotEqualTo(joined);
  }

  @Test
  void ofAnnexB_onlyParameterSets_isNone() {
    assertThat(VclHash.ofAnnexB(Codec.H264, annexB(4, 0, SPS, SEI))).isEqualTo(VclHash.NONE);
  }

  @Test
  void unit_h265TypesByHeader_areToldApart() {
    byte[] vps = {0x40, 1, 5};
    byte[] idr = {0x26, 1, 7};
    byte[] trail = {0x02, 1, 7};
    VclHash hash = new VclHash(Codec.H265);

    hash.unit(vps, 0, vps.length);
    assertThat(hash.value()).isEqualTo(VclHash.NONE);
    hash.unit(trail, 0, trail.length);
    assertThat(hash.isKeyframe()).isFalse();
    hash.unit(idr, 0, idr.length);

    assertThat(hash.isKeyframe()).isTrue();
    assertThat(hash.vclUnits()).isEqualTo(2);
  }

  @Test
  void forEachAnnexB_directBuffer_visitsUnitsAndKeepsPosition() {
    byte[] au = annexB(4, 1, SPS, IDR);
    ByteBuffer direct = ByteBuffer.allocateDirect(au.length + 2).position(2);
    direct.put(au).position(2);
    List<Integer> sizes = new ArrayList<>();

    NalUnits.forEachAnnexB(direct, (data, offset, sizeBytes) -> sizes.add(sizeBytes));

    assertThat(sizes).containsExactly(SPS.length, IDR.length);
    assertThat(direct.position()).isEqualTo(2);
  }

  @Test
  void forEachAnnexB_emptyUnitAtTheEnd_isSkipped() {
    byte[] au = {0, 0, 1, 0x41, 7, 0, 0, 1};
    List<Integer> sizes = new ArrayList<>();

    NalUnits.forEachAnnexB(au, (data, offset, sizeBytes) -> sizes.add(sizeBytes));

    assertThat(sizes).containsExactly(2);
  }

  @Test
  void forEachLengthPrefixed_lengthPastTheEnd_throws() {
    byte[] au = {0, 0, 0, 9, 0x41, 1};

    assertThatThrownBy(() -> VclHash.ofLengthPrefixed(Codec.H264, au))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("9");
  }

  private static byte[] annexB(int startCodeSizeBytes, int trailingZeros, byte[]... units) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] unit : units) {
      out.writeBytes(new byte[startCodeSizeBytes - 1]);
      out.write(1);
      out.writeBytes(unit);
      out.writeBytes(new byte[trailingZeros]);
    }
    return out.toByteArray();
  }

  private static byte[] prefixed(byte[]... units) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] unit : units) {
      out.writeBytes(ByteBuffer.allocate(4).putInt(unit.length).array());
      out.writeBytes(unit);
    }
    return out.toByteArray();
  }
}
