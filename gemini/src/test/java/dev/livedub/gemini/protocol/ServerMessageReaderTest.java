package dev.livedub.gemini.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerMessageReaderTest {

  private final ServerMessageReader reader = new ServerMessageReader();

  @Test
  void read_setupComplete_isThat() {
    assertThat(read("{\"setupComplete\":{\"sessionId\":\"s\"}}"))
        .containsExactly(new ServerPart.SetupComplete());
  }

  @Test
  void read_severalFieldsAndParts_keepsTheirOrder() {
    List<ServerPart> parts =
        read(
            "{\"serverContent\":{\"outputTranscription\":{\"text\":\" hola\",\"languageCode\":\"es\"},"
                + "\"modelTurn\":{\"parts\":["
                + part("AQACAA==")
                + ","
                + part("AwA=")
                + "]},\"inputTranscription\":{\"text\":\"hello\"}},"
                + "\"usageMetadata\":{\"promptTokenCount\":25,\"responseTokenCount\":20,"
                + "\"promptTokensDetails\":[{\"modality\":\"AUDIO\"}]},"
                + "\"sessionResumptionUpdate\":{\"newHandle\":\"h\",\"resumable\":true},"
                + "\"goAway\":{\"timeLeft\":\"50s\"}}");
    assertThat(parts).hasSize(7);
    assertThat(parts.get(0)).isEqualTo(new ServerPart.OutputText(" hola", "es"));
    assertThat(samples(parts.get(1))).containsExactly(1, 2);
    assertThat(samples(parts.get(2))).containsExactly(3);
    assertThat(parts.subList(3, 7))
        .containsExactly(
            new ServerPart.InputText("hello", null),
            new ServerPart.Tokens(25, 20),
            new ServerPart.Resumption("h", true),
            new ServerPart.GoAway(Optional.of(Duration.ofSeconds(50))));
  }

  @ParameterizedTest
  @CsvSource({"50s, PT50S", "9.95s, PT9.95S", "0s, PT0S", "1.000000001s, PT1.000000001S"})
  void read_goAwayInTime_saysWhen(String text, Duration timeLeft) {
    assertThat(read("{\"goAway\":{\"timeLeft\":\"" + text + "\"}}"))
        .containsExactly(new ServerPart.GoAway(Optional.of(timeLeft)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"timeLeft\":\"soon\"}", "{\"timeLeft\":{\"seconds\":5}}", "null", "7"})
  void read_goAwayWithoutTime_isStillOne(String goAway) {
    assertThat(read("{\"goAway\":" + goAway + "}"))
        .containsExactly(new ServerPart.GoAway(Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"serverContent\":{\"outputTranscription\":{}}}",
        "{\"serverContent\":{\"outputTranscription\":{\"text\":\"\",\"languageCode\":\"es\"}}}",
        "{\"serverContent\":{\"turnComplete\":true,\"news\":[{\"a\":{\"b\":[1,2]}}]}}",
        "{\"serverContent\":{\"modelTurn\":{\"parts\":[]}}}",
        "{\"serverContent\":{\"modelTurn\":{\"parts\":[{\"text\":\"x\"},null,5]}}}",
        "{\"serverContent\":{\"modelTurn\":{\"parts\":[{\"inlineData\":{\"data\":\"\"}}]}}}",
        "{\"serverContent\":{\"modelTurn\":{\"parts\":[{\"inlineData\":{\"data\":null}}]}}}",
        "{\"serverContent\":null,\"toolCall\":{\"functionCalls\":[{}]}}",
        "{\"serverContent\":[{\"modelTurn\":1}]}"
      })
  void read_nothingOfUse_saysNothing(String message) {
    assertThat(read(message)).isEmpty();
  }

  @Test
  void read_oddLengthSound_isSaidAndStaysInStep() {
    List<ServerPart> parts = read(sound("AQACAAM="));
    assertThat(samples(parts.get(0))).containsExactly(1, 2);
    assertThat(parts.get(1)).isInstanceOf(ServerPart.Unreadable.class);
    assertThat(samples(read(sound("BAAEAAQA")).get(0))).containsExactly(4, 4, 4);
  }

  @Test
  void read_typeBehindTheData_isMinded() {
    String png = "{\"inlineData\":{\"data\":\"AQA=\",\"mimeType\":\"image/png\"}}";
    String slow = "{\"inlineData\":{\"data\":\"AQA=\",\"mimeType\":\"audio/pcm;rate=16000\"}}";
    for (String part : List.of(png, slow)) {
      assertThat(read("{\"serverContent\":{\"modelTurn\":{\"parts\":[" + part + "]}}}"))
          .singleElement()
          .isInstanceOf(ServerPart.Unreadable.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "\"text\"",
        "{\"a\":",
        "{\"serverContent\":{\"modelTurn\":{\"parts\":[",
        "{\"serverContent\":{\"modelTurn\":{\"parts\":[{\"inlineData\":{\"data\":\"!!\"}}]}}}",
        "{\"usageMetadata\":{\"promptTokenCount\":99999999999999999999}}"
      })
  void read_malformed_isSaidOnceAndSurvived(String message) {
    assertThat(read(message)).singleElement().isInstanceOf(ServerPart.Unreadable.class);
    assertThat(read("{\"setupComplete\":{}}")).hasSize(1);
  }

  @Test
  void read_brokenOffBehindSound_keepsTheSound() {
    String whole = sound("AQA=");
    List<ServerPart> parts = read(whole.substring(0, whole.length() - 2));
    assertThat(samples(parts.get(0))).containsExactly(1);
    assertThat(parts.get(1)).isInstanceOf(ServerPart.Unreadable.class);
  }

  @Test
  void read_depthWithoutEnd_isSurvived() {
    assertThat(read("{\"x\":".repeat(100_000)))
        .singleElement()
        .isInstanceOf(ServerPart.Unreadable.class);
  }

  @Test
  void read_twoMegabytes_areRead() {
    byte[] pcm = new byte[1_600_000];
    pcm[0] = 5;
    List<ServerPart> parts = read(sound(Base64.getEncoder().encodeToString(pcm)));
    assertThat(samples(parts.get(0))).hasSize(800_000).startsWith((short) 5);
    assertThat(samples(read(sound("BgA=")).get(0))).containsExactly(6);
  }

  @Test
  void read_error_isRefusal() {
    assertThat(
            read(
                "{\"error\":{\"code\":429,\"message\":\"too many\","
                    + "\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{}]}}"))
        .containsExactly(new ServerPart.Refusal(429, "too many"));
  }

  @Test
  void toString_ofHandle_hidesIt() {
    assertThat(new ServerPart.Resumption("sesame", true).toString()).doesNotContain("sesame");
  }

  private static String part(String base64) {
    return "{\"inlineData\":{\"mimeType\":\"audio/pcm;rate=24000\",\"data\":\"" + base64 + "\"}}";
  }

  private static String sound(String base64) {
    return "{\"serverContent\":{\"modelTurn\":{\"parts\":[" + part(base64) + "]}}}";
  }

  private List<ServerPart> read(String message) {
    return reader.read(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
  }

  private static short[] samples(ServerPart part) {
    assertThat(part).isInstanceOf(ServerPart.Sound.class);
    return ((ServerPart.Sound) part).samples24k();
  }
}
