package dev.livedub.media.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Amf0Test {

  @Test
  void encode_values_areAsTheSpecificationHasThem() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("app", "x");
    byte[] bytes = Amf0Writer.encode("a", 1, null, properties, List.of("h"));

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "02000161"
                + "003ff0000000000000"
                + "05"
                + "03"
                + "0003617070"
                + "02000178"
                + "000009"
                + "0a00000001"
                + "02000168");
  }

  @Test
  void encode_arrayWithNames_saysHowManyThereAre() {
    byte[] bytes = Amf0Writer.encode(new Amf0Writer.EcmaArray(Map.of("stereo", true)));

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo("0800000001" + "0006" + "73746572656f" + "0101" + "000009");
  }

  @Test
  void decode_whatWasEncoded_isTheSame() throws ProtocolException {
    String longText = "ü".repeat(40_000);
    Map<String, Object> inner = Map.of("hvc1", 6);
    byte[] bytes = Amf0Writer.encode("publish", 5, null, longText, Map.of("map", inner));

    assertThat(Amf0Reader.decode(bytes))
        .containsExactly("publish", 5.0, null, longText, Map.of("map", Map.of("hvc1", 6.0)));
  }

  @Test
  void decode_kindsThatOnlyServersSend_areUnderstood() throws ProtocolException {
    byte[] bytes =
        HexFormat.of()
            .parseHex(
                "0101" // true
                    + "06" // undefined
                    + "08000000630001610100000009" // ECMA array whose count is wrong
                    + "0a000000020505" // strict array
                    + "0b40000000000000000000"); // date

    assertThat(Amf0Reader.decode(bytes))
        .containsExactly(true, null, Map.of("a", false), java.util.Arrays.asList(null, null), 2.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00", // number cut short
        "020005616263", // string cut short
        "0c7fffffff61", // a string larger than what there is
        "0a7fffffff", // an array larger than what there is
        "03000161", // object cut short
        "0300", // object cut short within a key's length
        "030000", // object without its end
        "0d", // movie clip: reserved
        "0300016103000161030001610300016103000161030001610300016103000161030001610300016103000161"
            + "03000161030001610300016103000161030001610300016103000161030001610300016103000161"
      })
  void decode_rubbish_isAnErrorOfTheProtocol(String hex) {
    assertThatThrownBy(() -> Amf0Reader.decode(HexFormat.of().parseHex(hex)))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void encode_unknownKind_isTheCallersMistake() {
    assertThatThrownBy(() -> Amf0Writer.encode(new Object()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
