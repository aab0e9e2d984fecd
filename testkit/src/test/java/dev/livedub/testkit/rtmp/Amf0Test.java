package dev.livedub.testkit.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class Amf0Test {

  @Test
  void readAll_whatTheWriterWrote_isTheSame() throws IOException {
    Map<String, Object> object = Map.of("app", "live", "nested", Map.of("n", 2.5));
    byte[] bytes =
        new Amf0Writer().value("connect").value(1).value(null).value(object).toByteArray();

    assertThat(new Amf0Reader(bytes, 0).readAll())
        .isEqualTo(Arrays.asList("connect", 1.0, null, object));
  }

  @Test
  void readAll_arraysBooleansAndDates_areKnown() throws IOException {
    byte[] bytes = {
      8,
      0,
      0,
      0,
      1,
      0,
      1,
      'a',
      1,
      1,
      0,
      0,
      9, // ECMA array {a: true}
      10,
      0,
      0,
      0,
      2,
      5,
      1,
      0, // strict array [null, false]
      11,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0, // date 0
      12,
      0,
      0,
      0,
      1,
      'x' // long string
    };

    assertThat(new Amf0Reader(bytes, 0).readAll())
        .isEqualTo(List.of(Map.of("a", true), Arrays.asList(null, false), 0.0, "x"));
  }

  @Test
  void readAll_cutOrUnknown_isRefused() {
    byte[] cut = {2, 0, 9, 'a'};
    byte[] cutNumber = {0, 1, 2};
    byte[] unknown = {99};

    for (byte[] bytes : List.of(cut, cutNumber, unknown)) {
      assertThatThrownBy(() -> new Amf0Reader(bytes, 0).readAll())
          .isInstanceOf(ProtocolException.class);
    }
  }
}
