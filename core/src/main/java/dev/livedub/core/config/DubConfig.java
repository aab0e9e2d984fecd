package dev.livedub.core.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything one worker needs to know. Values have been checked by whoever made this.
 *
 * @param streamId {@code [A-Za-z0-9_-]{1,64}}; labels logs, meters and thread names
 * @param input URL or file to read
 * @param outputs URLs or files to write, at least one
 * @param delay playout delay {@code D}, 0–60 s
 * @param slot length of a slot, 250 ms–10 s
 * @param readyTimeout how long the input may take to become ready at the start
 * @param reconnectTimeout how long a lost input or output is tried again before the worker gives up
 * @param duckDb gain of the original under a dub, in dB, at most 0
 * @param fast whether a file is read as fast as it goes rather than at real time
 * @param captions files that captions are written to
 */
public record DubConfig(
    String streamId,
    String input,
    List<String> outputs,
    TranslatorKind translator,
    Optional<String> targetLang,
    Duration delay,
    Duration slot,
    FallbackMode fallback,
    double duckDb,
    Duration readyTimeout,
    Duration reconnectTimeout,
    boolean fast,
    List<String> captions,
    GeminiConfig gemini) {

  public DubConfig {
    outputs = List.copyOf(outputs);
    captions = List.copyOf(captions);
  }

  /** A configuration without captions, with what holds for Gemini if nothing is set. */
  public DubConfig(
      String streamId,
      String input,
      List<String> outputs,
      TranslatorKind translator,
      Optional<String> targetLang,
      Duration delay,
      Duration slot,
      FallbackMode fallback,
      double duckDb,
      Duration readyTimeout,
      Duration reconnectTimeout,
      boolean fast) {
    this(
        streamId,
        input,
        outputs,
        translator,
        targetLang,
        delay,
        slot,
        fallback,
        duckDb,
        readyTimeout,
        reconnectTimeout,
        fast,
        List.of(),
        GeminiConfig.DEFAULTS);
  }
}
