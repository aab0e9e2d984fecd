package dev.livedub.media.bitstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NalUnitsTest {

  private final NalUnits units = new NalUnits();

  @ParameterizedTest
  @CsvSource({
    "00000165, 65",
    "0000000165, 65",
    "000000000000016588, 6588",
    "000001658800, 6588",
    "0000016588000000000141, 6588 41",
    "00000100000165, 65",
    "000001, ''",
    "0000000000, ''",
    "6588, ''",
    "'', ''",
    "0000016500000341000001420000, 6500000341 42",
    "000001650000024100000142, 6500000241 42",
    "0000010000000100000165ff, 65ff"
  })
  void scan_bytes_findsTheUnits(String annexB, String expected) {
    byte[] bytes = HexFormat.of().parseHex(annexB);

    assertThat(String.join(" ", scan(ByteBuffer.wrap(bytes)))).isEqualTo(expected);
  }

  @Test
  void scanUntil_unitThatIsTold_leavesItAndTheRestOut() {
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex("00000167aa0000016588000001670b"));

    units.scanUntil(bytes, header -> header == 0x65);

    assertThat(units.count()).isEqualTo(1);
    assertThat(units.begin(0)).isEqualTo(3);
    assertThat(units.end(0)).isEqualTo(5);
  }

  @Test
  void scan_randomUnits_findsThemAndNothingElse() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 3_000; round++) {
      List<String> wanted = new ArrayList<>();
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      int before = random.nextInt(4);
      stream.writeBytes(new byte[before]);
      for (int i = random.nextInt(12); i > 0; i--) {
        stream.writeBytes(new byte[2 + random.nextInt(3)]);
        stream.write(1);
        byte[] unit = unit(random);
        stream.writeBytes(unit);
        if (unit.length > 0) {
          wanted.add(HexFormat.of().formatHex(unit));
        }
      }
      stream.writeBytes(new byte[random.nextInt(3)]);
      byte[] bytes = stream.toByteArray();
      ByteBuffer direct = ByteBuffer.allocateDirect(before + bytes.length).position(before);
      direct.put(bytes).flip().position(before);

      assertThat(scan(direct)).as("round %d of seed %d", round, seed).isEqualTo(wanted);
      assertThat(units.lengthPrefixedBytes())
          .isEqualTo(wanted.stream().mapToInt(hex -> 4 + hex.length() / 2).sum());
      assertThat(direct.position()).isEqualTo(before);
    }
  }

  /** Bytes that look like start codes as often as they may, with a last one that is not 0. */
  private static byte[] unit(Random random) {
    int sizeBytes = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(1 << random.nextInt(8));
    boolean sparse = random.nextBoolean();
    byte[] unit = new byte[sizeBytes];
    for (int i = 0; i < sizeBytes; i++) {
      int value = sparse ? random.nextInt(256) : random.nextInt(4);
      boolean wouldEnd = i == sizeBytes - 1 && value == 0;
      boolean afterTwoZeros = i >= 2 && unit[i - 1] == 0 && unit[i - 2] == 0;
      unit[i] = (byte) (wouldEnd || (afterTwoZeros && value < 3) ? 3 : value);
    }
    return unit;
  }

  private List<String> scan(ByteBuffer annexB) {
    units.scan(annexB);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < units.count(); i++) {
      byte[] unit = new byte[units.end(i) - units.begin(i)];
      annexB.get(units.begin(i), unit);
      found.add(HexFormat.of().formatHex(unit));
    }
    return found;
  }
}
