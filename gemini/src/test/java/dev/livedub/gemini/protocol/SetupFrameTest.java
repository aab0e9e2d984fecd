package dev.livedub.gemini.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.gemini.config.ModelName;
import dev.livedub.gemini.config.SessionSettings;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SetupFrameTest {

  private static final SessionSettings SPANISH = SessionSettings.of(ModelName.DEFAULT, "es-MX");

  @Test
  void encode_freshSession_isToTheLetterWhatTheServiceTakes() {
    assertThat(SetupFrame.encode("models/", SPANISH, Optional.empty()))
        .isEqualTo(
            "{\"setup\":{\"model\":\"models/gemini-3.5-live-translate-preview\","
                + "\"generationConfig\":{\"responseModalities\":[\"AUDIO\"],"
                + "\"translationConfig\":{\"echoTargetLanguage\":true,"
                + "\"targetLanguageCode\":\"es\"}},"
                + "\"sessionResumption\":{},"
                + "\"contextWindowCompression\":{\"slidingWindow\":{}},"
                + "\"inputAudioTranscription\":{},\"outputAudioTranscription\":{}}}");
  }

  @Test
  void encode_resumedSession_namesTheHandle() {
    assertThat(SetupFrame.encode("models/", SPANISH, Optional.of("h-1")))
        .contains("\"sessionResumption\":{\"handle\":\"h-1\"}");
  }

  @Test
  void encode_cloud_namesTheModelInFull() {
    assertThat(
            SetupFrame.encode(
                "projects/p/locations/global/publishers/google/models/",
                SPANISH.withEcho(false),
                Optional.empty()))
        .contains(
            "\"model\":\"projects/p/locations/global/publishers/google/models/"
                + "gemini-3.5-live-translate-preview\"")
        .contains("\"echoTargetLanguage\":false");
  }
}
