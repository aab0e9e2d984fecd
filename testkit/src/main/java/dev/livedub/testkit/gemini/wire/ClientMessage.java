package dev.livedub.testkit.gemini.wire;

import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/** What a client says. */
public sealed interface ClientMessage {

  /** The first message, once. */
  record SetUp(SetupRequest request) implements ClientMessage {}

  /**
   * Sound.
   *
   * @param pcm bytes as they came
   * @param sampleRateHz as the MIME type says
   */
  @SuppressWarnings("ArrayRecordComponent") // a buffer handed over, never compared
  record Audio(byte[] pcm, int sampleRateHz) implements ClientMessage {}

  /** No more sound for now. */
  record AudioStreamEnd() implements ClientMessage {}

  /**
   * Reads a message.
   *
   * @throws Refusal if the service would close the connection over it
   */
  static ClientMessage parse(String text) throws Refusal {
    Map<String, Object> message;
    try {
      message = Json.parseObject(text);
    } catch (IOException e) {
      throw new Refusal(
          Refusal.INVALID, "Invalid JSON payload received. Expected a message of valid JSON.");
    }
    Map<?, ?> checked = (Map<?, ?>) ClientShapes.MESSAGE.check(message, "");
    if (checked.size() == 1 && checked.get("setup") instanceof Map<?, ?> setup) {
      return new SetUp(SetupRequest.of(Json.object(setup)));
    }
    if (checked.size() == 1 && checked.get("realtimeInput") instanceof Map<?, ?> input) {
      return RealtimeInput.read(input);
    }
    throw Refusal.invalidArgument();
  }

  /** The parts of a {@code realtimeInput}. */
  final class RealtimeInput {

    private static final Pattern PCM = Pattern.compile("audio/pcm(?:;\\s*rate=(\\d{1,6}))?");
    private static final int DEFAULT_RATE_HZ = 16_000;

    private RealtimeInput() {}

    private static ClientMessage read(Map<?, ?> input) throws Refusal {
      if (input.containsKey("mediaChunks")) {
        throw new Refusal(
            Refusal.INVALID,
            "realtime_input.media_chunks is deprecated. Use audio, video, or text instead.");
      }
      if (input.size() == 1 && input.get("audio") instanceof Map<?, ?> audio) {
        return audio(audio);
      }
      if (input.size() == 1 && Boolean.TRUE.equals(input.get("audioStreamEnd"))) {
        return new AudioStreamEnd();
      }
      throw Refusal.invalidArgument();
    }

    private static ClientMessage audio(Map<?, ?> audio) throws Refusal {
      var type = PCM.matcher(String.valueOf(audio.get("mimeType")));
      if (!type.matches() || !(audio.get("data") instanceof String data)) {
        throw Refusal.invalidArgument();
      }
      try {
        String rate = type.group(1);
        return new Audio(
            Base64.getDecoder().decode(data),
            rate == null ? DEFAULT_RATE_HZ : Integer.parseInt(rate));
      } catch (IllegalArgumentException e) {
        throw new Refusal(
            Refusal.INVALID,
            "Invalid value at 'realtime_input.audio.data' (TYPE_BYTES), Base64 decoding failed");
      }
    }
  }
}
