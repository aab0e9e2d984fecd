package dev.livedub.testkit.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.testkit.nal.Codec;
import dev.livedub.testkit.nal.VclHash;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DepacketizerTest {

  private static final byte[] IDR = {0x65, 1, 2, 3, 4, 5, 6};
  private static final byte[] SLICE = {0x41, 9, 8, 7};
  private static final byte[] SPS = {0x67, 1};

  private final List<AccessUnit> units = new ArrayList<>();
  private int sequence = 65_534;
  private boolean first = true;

  @Test
  void packet_stapAAndFuA_giveTheSlicesBack() {
    Depacketizer depacketizer = new Depacketizer(Codec.H264, units::add);

    send(depacketizer, 10, false, stapA(SPS, SLICE));
    send(depacketizer, 10, false, new byte[] {0x7C, (byte) 0x85, 1, 2});
    send(depacketizer, 10, false, new byte[] {0x7C, 0x05, 3, 4});
    send(depacketizer, 10, true, new byte[] {0x7C, 0x45, 5, 6});

    assertThat(units).hasSize(1);
    AccessUnit unit = units.get(0);
    assertThat(unit.vclHash()).isEqualTo(hash(Codec.H264, SLICE, IDR));
    assertThat(unit.keyframe()).isTrue();
    assertThat(unit.complete()).isTrue();
    assertThat(unit.rtpTimestamp()).isEqualTo(10);
    assertThat(unit.forwardedNanos()).isEqualTo(sequence);
  }

  @Test
  void packet_h265ApAndFu_giveTheSlicesBack() {
    byte[] vps = {0x40, 1, 5};
    byte[] trail = {0x02, 1, 7, 7};
    byte[] idr = {0x26, 1, 3, 4};
    Depacketizer depacketizer = new Depacketizer(Codec.H265, units::add);

    send(depacketizer, 10, false, aggregate(new byte[] {0x60, 1}, vps, trail));
    send(depacketizer, 10, false, new byte[] {0x62, 1, (byte) 0x93, 3});
    send(depacketizer, 10, true, new byte[] {0x62, 1, 0x53, 4});

    assertThat(units).hasSize(1);
    assertThat(units.get(0).vclHash()).isEqualTo(hash(Codec.H265, trail, idr));
    assertThat(units.get(0).keyframe()).isTrue();
  }

  @Test
  void packet_newTimestampWithoutMarker_endsTheUnit() {
    Depacketizer depacketizer = new Depacketizer(Codec.H264, units::add);

    send(depacketizer, 10, false, IDR);
    send(depacketizer, 20, true, SLICE);

    assertThat(units).extracting(AccessUnit::rtpTimestamp).containsExactly(10L, 20L);
    assertThat(units).allMatch(AccessUnit::complete);
  }

  @Test
  void packet_onlyParameterSets_isNoPicture() {
    Depacketizer depacketizer = new Depacketizer(Codec.H264, units::add);

    send(depacketizer, 10, true, SPS);

    assertThat(units).isEmpty();
  }

  @Test
  void packet_lostWithinAUnit_marksBothSidesIncomplete() {
    Depacketizer depacketizer = new Depacketizer(Codec.H264, units::add);

    send(depacketizer, 10, false, IDR);
    sequence++;
    send(depacketizer, 20, true, SLICE);
    send(depacketizer, 30, true, SLICE);

    assertThat(units).extracting(AccessUnit::complete).containsExactly(false, false, true);
  }

  @Test
  void packet_tapOpenedInMidStream_firstUnitIsIncomplete() {
    Depacketizer depacketizer = new Depacketizer(Codec.H264, units::add);
    first = false;

    send(depacketizer, 10, true, SLICE);
    send(depacketizer, 20, true, SLICE);

    assertThat(units).extracting(AccessUnit::complete).containsExactly(false, true);
  }

  private void send(Depacketizer depacketizer, int timestamp, boolean marker, byte[] payload) {
    byte[] frame =
        ByteBuffer.allocate(16 + payload.length)
            .putInt('$' << 24)
            .put((byte) 0x80)
            .put((byte) (marker ? 0xE0 : 0x60))
            .putShort((short) sequence++)
            .putInt(timestamp)
            .putInt(1)
            .put(payload)
            .array();
    depacketizer.packet(frame, sequence, first);
    first = false;
  }

  private static byte[] stapA(byte[]... nals) {
    return aggregate(new byte[] {0x78}, nals);
  }

  private static byte[] aggregate(byte[] header, byte[]... nals) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header);
    for (byte[] nal : nals) {
      out.writeBytes(ByteBuffer.allocate(2).putShort((short) nal.length).array());
      out.writeBytes(nal);
    }
    return out.toByteArray();
  }

  private static long hash(Codec codec, byte[]... nals) {
    VclHash hash = new VclHash(codec);
    for (byte[] nal : nals) {
      hash.unit(nal, 0, nal.length);
    }
    return hash.value();
  }
}
