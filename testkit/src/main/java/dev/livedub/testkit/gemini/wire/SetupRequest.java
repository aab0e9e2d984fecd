package dev.livedub.testkit.gemini.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asks for in its first message.
 *
 * @param model its full name
 * @param targetLanguage tag of the language to translate to; without one the session says nothing
 *     but zeros
 * @param echoTargetLanguage whether speech in the target language is to be said again
 * @param transcribesInput whether the source's words are wanted
 * @param transcribesOutput whether the translation's words are wanted
 * @param resumable whether handles are wanted
 * @param handle that of a session to take up; a secret
 * @param compresses whether the context may be compressed
 */
public record SetupRequest(
    String model,
    Optional<String> targetLanguage,
    boolean echoTargetLanguage,
    boolean transcribesInput,
    boolean transcribesOutput,
    boolean resumable,
    Optional<String> handle,
    boolean compresses) {

  private static final List<String> MODALITIES = List.of("AUDIO");

  /**
   * Reads a checked set-up.
   *
   * @throws Refusal if it asks for what the model does not do
   */
  static SetupRequest of(Map<String, Object> setup) throws Refusal {
    Map<String, Object> generation = part(setup, "generationConfig");
    if (!MODALITIES.equals(generation.get("responseModalities"))
        || !text(setup, "model").isPresent()) {
      throw Refusal.invalidArgument();
    }
    Map<String, Object> translation = part(generation, "translationConfig");
    Optional<String> language = text(translation, "targetLanguageCode");
    if (language.isPresent() && !TargetLanguages.isTag(language.get())) {
      throw Refusal.invalidArgument();
    }
    return new SetupRequest(
        text(setup, "model").orElseThrow(),
        language,
        Boolean.TRUE.equals(translation.get("echoTargetLanguage")),
        setup.containsKey("inputAudioTranscription"),
        setup.containsKey("outputAudioTranscription"),
        setup.containsKey("sessionResumption"),
        text(part(setup, "sessionResumption"), "handle"),
        part(setup, "contextWindowCompression").containsKey("slidingWindow"));
  }

  @Override
  public String toString() {
    return "SetupRequest[model="
        + model
        + ", targetLanguage="
        + targetLanguage.orElse("none")
        + "]";
  }

  private static Map<String, Object> part(Map<String, Object> of, String name) {
    return of.get(name) instanceof Map<?, ?> map ? Json.object(map) : Map.of();
  }

  private static Optional<String> text(Map<String, Object> of, String name) {
    return of.get(name) instanceof String text && !text.isEmpty()
        ? Optional.of(text)
        : Optional.empty();
  }
}
