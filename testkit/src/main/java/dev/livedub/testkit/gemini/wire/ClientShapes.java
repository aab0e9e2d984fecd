package dev.livedub.testkit.gemini.wire;

import static dev.livedub.testkit.gemini.wire.Shape.message;

/** The fields that a client's messages may have. */
final class ClientShapes {

  private static final Shape STRING = new Shape.Scalar(String.class, "TYPE_STRING");
  private static final Shape BYTES = new Shape.Scalar(String.class, "TYPE_BYTES");
  private static final Shape BOOL = new Shape.Scalar(Boolean.class, "TYPE_BOOL");
  private static final Shape NUMBER = new Shape.Scalar(Number.class, "TYPE_FLOAT");
  private static final Shape ANYTHING = new Shape.Anything();

  private static final Shape TRANSLATION =
      message("targetLanguageCode", STRING, "echoTargetLanguage", BOOL);

  private static final Shape GENERATION =
      message(
          "candidateCount", NUMBER,
          "maxOutputTokens", NUMBER,
          "temperature", NUMBER,
          "topP", NUMBER,
          "topK", NUMBER,
          "presencePenalty", NUMBER,
          "frequencyPenalty", NUMBER,
          "seed", NUMBER,
          "responseModalities", new Shape.Repeated(STRING),
          "speechConfig", ANYTHING,
          "mediaResolution", STRING,
          "thinkingConfig", ANYTHING,
          "enableAffectiveDialog", BOOL,
          "translationConfig", TRANSLATION);

  private static final Shape COMPRESSION =
      message("triggerTokens", ANYTHING, "slidingWindow", message("targetTokens", ANYTHING));

  private static final Shape TRANSCRIPTION =
      message(
          "languageCodes", ANYTHING,
          "languageHints", ANYTHING,
          "adaptationPhrases", ANYTHING,
          "customVocabulary", ANYTHING,
          "enableDiarization", BOOL);

  private static final Shape SETUP =
      message(
          "model", STRING,
          "generationConfig", GENERATION,
          "systemInstruction", ANYTHING,
          "tools", ANYTHING,
          "realtimeInputConfig", ANYTHING,
          "sessionResumption", message("handle", STRING, "transparent", BOOL),
          "contextWindowCompression", COMPRESSION,
          "inputAudioTranscription", TRANSCRIPTION,
          "outputAudioTranscription", TRANSCRIPTION,
          "proactivity", ANYTHING,
          "historyConfig", ANYTHING,
          "explicitVadSignal", BOOL);

  private static final Shape BLOB =
      message("data", BYTES, "mimeType", STRING, "displayName", STRING);

  private static final Shape REALTIME_INPUT =
      message(
          "audio", BLOB,
          "audioStreamEnd", BOOL,
          "mediaChunks", ANYTHING,
          "video", BLOB,
          "text", STRING,
          "activityStart", ANYTHING,
          "activityEnd", ANYTHING);

  /** A message. */
  static final Shape MESSAGE =
      message(
          "setup", SETUP,
          "realtimeInput", REALTIME_INPUT,
          "clientContent", ANYTHING,
          "toolResponse", ANYTHING);

  private ClientShapes() {}
}
