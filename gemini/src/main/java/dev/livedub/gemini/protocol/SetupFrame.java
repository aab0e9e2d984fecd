package dev.livedub.gemini.protocol;

import com.google.genai.types.AudioTranscriptionConfig;
import com.google.genai.types.ContextWindowCompressionConfig;
import com.google.genai.types.GenerationConfig;
import com.google.genai.types.LiveClientMessage;
import com.google.genai.types.LiveClientSetup;
import com.google.genai.types.Modality;
import com.google.genai.types.SessionResumptionConfig;
import com.google.genai.types.SlidingWindow;
import com.google.genai.types.TranslationConfig;
import dev.livedub.gemini.config.SessionSettings;
import java.util.Optional;

/**
 * Writes the first message of a connection. The service refuses it whole for one field in the wrong
 * place, and without the translation's settings answers with silence for ever.
 */
public final class SetupFrame {

  private SetupFrame() {}

  /**
   * The message.
   *
   * @param modelPrefix stands before the model's name
   * @param resumeHandle that of the session to take up; empty for a fresh one
   */
  public static String encode(
      String modelPrefix, SessionSettings settings, Optional<String> resumeHandle) {
    AudioTranscriptionConfig transcription = AudioTranscriptionConfig.builder().build();
    SessionResumptionConfig.Builder resumption = SessionResumptionConfig.builder();
    resumeHandle.ifPresent(resumption::handle);
    LiveClientSetup setup =
        LiveClientSetup.builder()
            .model(modelPrefix + settings.model())
            .generationConfig(generation(settings))
            .inputAudioTranscription(transcription)
            .outputAudioTranscription(transcription)
            .sessionResumption(resumption.build())
            .contextWindowCompression(
                ContextWindowCompressionConfig.builder()
                    .slidingWindow(SlidingWindow.builder().build())
                    .build())
            .build();
    return LiveClientMessage.builder().setup(setup).build().toJson();
  }

  private static GenerationConfig generation(SessionSettings settings) {
    return GenerationConfig.builder()
        .responseModalities(new Modality(Modality.Known.AUDIO))
        .translationConfig(
            TranslationConfig.builder()
                .targetLanguageCode(settings.targetLanguage())
                .echoTargetLanguage(settings.echoTargetLanguage())
                .build())
        .build();
  }
}
