package dev.livedub.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever way access units are put into packets, the same come out; rubbish does no harm. */
class RandomPacketsTest {

  private static final int ACCESS_UNITS = 300;
  private static final int FRAME = 3_003;

  private enum Markers {
    RIGHT,
    NONE,
    ON_EVERY_PACKET
  }

  private record AccessUnit(int rtpTime, List<byte[]> units) {
    byte[] annexB() {
      return TestSession.annexB(units.toArray(byte[][]::new));
    }
  }

  private static byte[] unit(Random random, int type, boolean first) {
    byte[] unit = new byte[2 + random.nextInt(random.nextInt(5) == 0 ? 9_000 : 700)];
    random.nextBytes(unit);
    unit[0] = (byte) (0x60 | type);
    unit[1] = (byte) (first ? unit[1] | 0x80 : unit[1] & 0x7F);
    return unit;
  }

  private static AccessUnit accessUnit(Random random, int index) {
    List<byte[]> units = new ArrayList<>();
    boolean key = index % 25 == 0;
    for (int type : key ? new int[] {9, 7, 8} : random.nextBoolean() ? new int[] {9} : new int[0]) {
      units.add(unit(random, type, false));
    }
    for (int slices = 1 + random.nextInt(4), i = 0; i < slices; i++) {
      units.add(unit(random, key ? 5 : 1, i == 0));
    }
    return new AccessUnit(index * FRAME, units);
  }

  private static List<byte[]> packets(Random random, List<byte[]> units) {
    List<byte[]> packets = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      byte[] unit = units.get(i);
      if (unit.length > 1_200) {
        packets.addAll(fragments(unit, 200 + random.nextInt(1_200)));
      } else if (random.nextBoolean()) {
        packets.add(unit);
      } else {
        boolean two = i + 1 < units.size() && units.get(i + 1).length <= 1_200;
        packets.add(aggregate(two ? List.of(unit, units.get(++i)) : List.of(unit)));
      }
    }
    return packets;
  }

  private static byte[] aggregate(List<byte[]> units) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(0x78);
    for (byte[] unit : units) {
      bytes.writeBytes(ByteBuffer.allocate(2).putShort((short) unit.length).array());
      bytes.writeBytes(unit);
    }
    return bytes.toByteArray();
  }

  private static List<byte[]> fragments(byte[] unit, int pieceBytes) {
    List<byte[]> packets = new ArrayList<>();
    for (int at = 1; at < unit.length; at += pieceBytes) {
      int end = Math.min(unit.length, at + pieceBytes);
      int head = (at == 1 ? 0x80 : 0) | (end == unit.length ? 0x40 : 0) | (unit[0] & 0x1F);
      packets.add(
          ByteBuffer.allocate(2 + end - at)
              .put((byte) (unit[0] & 0xE0 | 28))
              .put((byte) head)
              .put(unit, at, end - at)
              .array());
    }
    return packets;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void accessUnits_inPackets_comeOutAsTheyWere(long seed) {
    Random random = new Random(seed);
    Markers markers = Markers.values()[(int) (seed % 3)];
    TestSession session = new TestSession(TestSession.h264());
    List<byte[]> expected = new ArrayList<>();
    for (int i = 0; i < ACCESS_UNITS; i++) {
      AccessUnit accessUnit = accessUnit(random, i);
      expected.add(accessUnit.annexB());
      List<byte[]> packets = packets(random, accessUnit.units());
      for (int k = 0; k < packets.size(); k++) {
        boolean last = k == packets.size() - 1;
        boolean marker = markers == Markers.ON_EVERY_PACKET || (last && markers == Markers.RIGHT);
        session.send(0, marker, accessUnit.rtpTime(), packets.get(k));
      }
    }
    session.demuxer.finish();

    assertThat(session.payloads()).containsExactlyElementsOf(expected);
    assertThat(session.times())
        .containsExactlyElementsOf(
            LongStream.range(0, ACCESS_UNITS).mapToObj(i -> Math.round(i * FRAME / 0.09)).toList());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void rubbish_doesNoHarm(long seed) {
    Random random = new Random(seed);
    TestSession session =
        new TestSession(
            TestSession.h264(),
            TestSession.h265(),
            TestSession.aac(),
            TestSession.section("audio", "opus/48000/2", "x=y"));
    for (int i = 0; i < 20_000; i++) {
      byte[] payload = new byte[random.nextInt(40)];
      random.nextBytes(payload);
      byte[] packet = Arrays.copyOf(payload, payload.length);
      session.send(random.nextInt(4), random.nextBoolean(), random.nextInt(4) * FRAME, payload);
      session.demuxer.accept(ByteBuffer.wrap(packet), 0, packet.length);
    }
    session.demuxer.finish();

    assertThat(session.units).isNotEmpty();
  }
}
