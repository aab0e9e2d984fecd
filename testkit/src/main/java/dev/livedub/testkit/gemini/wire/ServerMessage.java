package dev.livedub.testkit.gemini.wire;

import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What the service says, in JSON. A message is put together from members, because one may carry
 * several things.
 */
public final class ServerMessage {

  private static final String AUDIO_START =
      "{\"inlineData\":{\"mimeType\":\"audio/pcm;rate=24000\",\"data\":\"";

  private ServerMessage() {}

  /** A message of these members. */
  public static String of(String... members) {
    return "{" + String.join(",", members) + "}";
  }

  /** The set-up was accepted. */
  public static String setupComplete() {
    return "\"setupComplete\":{}";
  }

  /** A part with sound, to be put into {@link #modelTurn}. */
  public static String audioPart(byte[] pcm) {
    return AUDIO_START + Base64.getEncoder().encodeToString(pcm) + "\"}}";
  }

  /** A part with text, to be put into {@link #modelTurn}. */
  public static String textPart(String text) {
    return Json.write(Map.of("text", text));
  }

  /** Parts of the answer. */
  public static String modelTurn(List<String> parts) {
    return "\"serverContent\":{\"modelTurn\":{\"parts\":[" + String.join(",", parts) + "]}}";
  }

  /** Words of the source. */
  public static String inputTranscription(String text, String language) {
    return "\"serverContent\":{\"inputTranscription\":" + transcription(text, language) + "}";
  }

  /** Words of the translation. */
  public static String outputTranscription(String text, String language) {
    return "\"serverContent\":{\"outputTranscription\":" + transcription(text, language) + "}";
  }

  /** The sign of life in silence. */
  public static String emptyOutputTranscription() {
    return "\"serverContent\":{\"outputTranscription\":{}}";
  }

  /** Tokens, all of them of sound. */
  public static String usage(long prompt, long response) {
    return "\"usageMetadata\":{\"promptTokenCount\":"
        + prompt
        + ",\"responseTokenCount\":"
        + response
        + ",\"totalTokenCount\":"
        + (prompt + response)
        + ",\"promptTokensDetails\":"
        + audioTokens(prompt)
        + ",\"responseTokensDetails\":"
        + audioTokens(response)
        + "}";
  }

  /** A handle. */
  public static String resumptionUpdate(String handle, boolean resumable) {
    return "\"sessionResumptionUpdate\":{\"newHandle\":"
        + Json.write(handle)
        + ",\"resumable\":"
        + resumable
        + "}";
  }

  /**
   * The connection will end.
   *
   * @param timeLeft such as 50s
   */
  public static String goAway(String timeLeft) {
    return "\"goAway\":{\"timeLeft\":" + Json.write(timeLeft) + "}";
  }

  /** Something went wrong, said within the stream. */
  public static String error(int code, String message, String status) {
    return "\"error\":{\"code\":"
        + code
        + ",\"message\":"
        + Json.write(message)
        + ",\"status\":"
        + Json.write(status)
        + "}";
  }

  private static String transcription(String text, String language) {
    return "{\"text\":" + Json.write(text) + ",\"languageCode\":" + Json.write(language) + "}";
  }

  private static String audioTokens(long tokens) {
    return "[{\"modality\":\"AUDIO\",\"tokenCount\":" + tokens + "}]";
  }
}
