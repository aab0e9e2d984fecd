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
 * @param delay playout delay {@code D}, 0–60 s, or the range in which it is chosen
 * @param slot length of a slot, 250 ms–10 s
 * @param readyTimeout how long the input may take to become ready at the start
 * @param reconnectTimeout how long a lost input or output is tried again before the worker gives up
 * @param duckDb gain of the original under a dub, in dB, at most 0
 * @param background what becomes of the original under a dub
 * @param fast whether a file is read as fast as it goes rather than at real time
 * @param captions files that captions are written to
 */
public record DubConfig(
    String streamId,
    String input,
    List<String> outputs,
    TranslatorKind translator,
    Optional<String> targetLang,
    PlayoutDelay delay,
    Duration slot,
    FallbackMode fallback,
    double duckDb,
    BackgroundMode background,
    Duration readyTimeout,
    Duration reconnectTimeout,
    boolean fast,
    List<String> captions,
    GeminiConfig gemini) {

  public DubConfig {
    outputs = List.copyOf(outputs);
    captions = List.copyOf(captions);
  }

  /** This configuration with another language. */
  public DubConfig withTargetLang(Optional<String> newTargetLang) {
    Builder builder = new Builder(this);
    builder.targetLang = newTargetLang;
    return builder.build();
  }

  /** This configuration with Gemini used otherwise. */
  public DubConfig with(GeminiConfig newGemini) {
    Builder builder = new Builder(this);
    builder.gemini = newGemini;
    return builder.build();
  }

  /**
   * A worker that only forwards: everything is copied, nothing is held back.
   *
   * @param readyTimeout how long the input may take to become ready at the start
   * @param reconnectTimeout how long a lost input or output is tried again
   */
  public static DubConfig forwarding(
      String streamId,
      String input,
      List<String> outputs,
      Duration readyTimeout,
      Duration reconnectTimeout) {
    Builder builder = builder(streamId, input, outputs, TranslatorKind.BYPASS);
    builder.delay = PlayoutDelay.fixed(Duration.ZERO);
    builder.readyTimeout = readyTimeout;
    builder.reconnectTimeout = reconnectTimeout;
    return builder.build();
  }

  /** Begins a configuration in which what is not said is as by default. */
  public static Builder builder(
      String streamId, String input, List<String> outputs, TranslatorKind translator) {
    return new Builder(streamId, input, outputs, translator);
  }

  /** Puts a configuration together. Nothing is checked. */
  public static final class Builder {

    private final String streamId;
    private final String input;
    private final List<String> outputs;
    private final TranslatorKind translator;
    private Optional<String> targetLang = Optional.empty();
    private PlayoutDelay delay = PlayoutDelay.fixed(PlayoutDelay.USUAL);
    private Duration slot = Duration.ofSeconds(1);
    private FallbackMode fallback = FallbackMode.ORIGINAL;
    private double duckDb = -18;
    private BackgroundMode background = BackgroundMode.DUCK;
    private Duration readyTimeout = Duration.ofSeconds(30);
    private Duration reconnectTimeout = Duration.ofMinutes(10);
    private boolean fast;
    private List<String> captions = List.of();
    private GeminiConfig gemini = GeminiConfig.DEFAULTS;

    private Builder(
        String streamId, String input, List<String> outputs, TranslatorKind translator) {
      this.streamId = streamId;
      this.input = input;
      this.outputs = outputs;
      this.translator = translator;
    }

    private Builder(DubConfig from) {
      this(from.streamId, from.input, from.outputs, from.translator);
      targetLang = from.targetLang;
      delay = from.delay;
      slot = from.slot;
      fallback = from.fallback;
      duckDb = from.duckDb;
      background = from.background;
      readyTimeout = from.readyTimeout;
      reconnectTimeout = from.reconnectTimeout;
      fast = from.fast;
      captions = from.captions;
      gemini = from.gemini;
    }

    public Builder targetLang(String tag) {
      targetLang = Optional.of(tag);
      return this;
    }

    public Builder delay(Duration newDelay) {
      return delay(PlayoutDelay.fixed(newDelay));
    }

    public Builder delay(PlayoutDelay newDelay) {
      delay = newDelay;
      return this;
    }

    public Builder slot(Duration newSlot) {
      slot = newSlot;
      return this;
    }

    public Builder fallback(FallbackMode mode) {
      fallback = mode;
      return this;
    }

    public Builder duckDb(double gainDb) {
      duckDb = gainDb;
      return this;
    }

    public Builder background(BackgroundMode mode) {
      background = mode;
      return this;
    }

    /** How long input and outputs are waited for, at the start and after a loss alike. */
    public Builder patience(Duration patience) {
      readyTimeout = patience;
      reconnectTimeout = patience;
      return this;
    }

    /** The configuration. */
    public DubConfig build() {
      return new DubConfig(
          streamId,
          input,
          outputs,
          translator,
          targetLang,
          delay,
          slot,
          fallback,
          duckDb,
          background,
          readyTimeout,
          reconnectTimeout,
          fast,
          captions,
          gemini);
    }
  }
}
