package dev.livedub.testkit.gemini;

import dev.livedub.testkit.gemini.model.ModelSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * How the simulated service behaves apart from its faults. All durations are of its own clock,
 * which runs {@code speed} times as fast as the wall's.
 *
 * @param port to listen on; 0 takes a free one
 * @param seed of everything random
 * @param speed of its clock; with 10 it takes ten seconds of sound a second to be real time
 * @param model the interpreter
 * @param goAwayAfter from setupComplete to goAway
 * @param timeLeft from goAway to the close
 * @param sessionLimit of a session without context compression, over all its connections
 * @param idleLimit without sound, until the service closes
 * @param jitter whether output chunks come as unevenly as measured
 * @param concurrencyCap sessions at once
 * @param pongLeast from a ping to its answer
 * @param pongMost the same, at most
 * @param paceSlack how much sound may come ahead of real time before it is the client's fault
 * @param gapLimit how long sound may stay out before it is the client's fault
 * @param cumulativeUsage whether usage counts from the beginning instead of from the last message
 * @param models names, without a path, of the models that there are
 * @param keys what to think of keys and tokens; any other is good
 */
public record GeminiSimOptions(
    int port,
    long seed,
    double speed,
    ModelSettings model,
    Duration goAwayAfter,
    Duration timeLeft,
    Duration sessionLimit,
    Duration idleLimit,
    boolean jitter,
    int concurrencyCap,
    Duration pongLeast,
    Duration pongMost,
    Duration paceSlack,
    Duration gapLimit,
    boolean cumulativeUsage,
    Set<String> models,
    Map<String, KeyVerdict> keys) {

  /** The model that is there unless others are named. */
  public static final String DEFAULT_MODEL = "gemini-3.5-live-translate-preview";

  public GeminiSimOptions {
    if (!(speed > 0)) {
      throw new IllegalArgumentException("speed " + speed);
    }
    models = Set.copyOf(models);
    keys = Map.copyOf(keys);
  }

  /** As measured on the real service, on a free port. */
  public static GeminiSimOptions defaults() {
    return builder().build();
  }

  /** A builder that begins with what was measured on the real service. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String toString() {
    return "GeminiSimOptions[port=" + port + ", seed=" + seed + ", speed=" + speed + "]";
  }

  /** Collects options. Not for use by several threads. */
  public static final class Builder {

    private int port;
    private long seed = 1;
    private double speed = 1;
    private Duration lag = Duration.ofMillis(3_300);
    private Duration earlier = ModelSettings.USUALLY_EARLIER;
    private Duration later = ModelSettings.USUALLY_LATER;
    private double stretch = ModelSettings.USUAL_STRETCH;
    private Duration leadIn = Duration.ofSeconds(3);
    private String sourceLanguage = "en";
    private Duration handleEvery = Duration.ofSeconds(2);
    private Duration goAwayAfter = Duration.ofMinutes(9);
    private Duration timeLeft = Duration.ofSeconds(50);
    private Duration sessionLimit = Duration.ofMinutes(15);
    private Duration idleLimit = Duration.ofSeconds(150);
    private boolean jitter = true;
    private int concurrencyCap = 1_000;
    private Duration pongLeast = Duration.ofSeconds(8);
    private Duration pongMost = Duration.ofSeconds(30);
    private Duration paceSlack = Duration.ofSeconds(2);
    private Duration gapLimit = Duration.ofMillis(1_500);
    private boolean cumulativeUsage;
    private Set<String> models = Set.of(DEFAULT_MODEL);
    private Map<String, KeyVerdict> keys =
        Map.of(
            "invalid-key", KeyVerdict.INVALID,
            "expired-key", KeyVerdict.EXPIRED,
            "unauthorized-key", KeyVerdict.UNAUTHORIZED,
            "forbidden-key", KeyVerdict.FORBIDDEN,
            "rate-limited-key", KeyVerdict.RATE_LIMITED,
            "no-quota-key", KeyVerdict.NO_QUOTA);

    private Builder() {}

    /** Sets the port; 0 takes a free one. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** Sets the seed of everything random. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Sets how many times as fast as the wall's clock its own runs. */
    public Builder speed(double speed) {
      this.speed = speed;
      return this;
    }

    /** Sets the time from a sentence's onset to that of its translation. */
    public Builder lag(Duration lag) {
      this.lag = lag;
      return this;
    }

    /** Sets by how much a sentence's lag may be less, and by how much more. */
    public Builder lagSpread(Duration earlier, Duration later) {
      this.earlier = earlier;
      this.later = later;
      return this;
    }

    /** Sets how long a translation is, in lengths of its source. */
    public Builder stretch(double stretch) {
      this.stretch = stretch;
      return this;
    }

    /** Sets the input before the first output. */
    public Builder leadIn(Duration leadIn) {
      this.leadIn = leadIn;
      return this;
    }

    /** Sets the language that the source is taken to be in. */
    public Builder sourceLanguage(String tag) {
      this.sourceLanguage = tag;
      return this;
    }

    /** Sets the input from one handle to the next. */
    public Builder handleEvery(Duration handleEvery) {
      this.handleEvery = handleEvery;
      return this;
    }

    /** Sets when goAway comes, and how long after it the connection is closed. */
    public Builder life(Duration goAwayAfter, Duration timeLeft) {
      this.goAwayAfter = goAwayAfter;
      this.timeLeft = timeLeft;
      return this;
    }

    /** Sets the life of a session without context compression. */
    public Builder sessionLimit(Duration sessionLimit) {
      this.sessionLimit = sessionLimit;
      return this;
    }

    /** Sets how long it waits for sound before it closes. */
    public Builder idleLimit(Duration idleLimit) {
      this.idleLimit = idleLimit;
      return this;
    }

    /** Sends output chunks evenly. */
    public Builder withoutJitter() {
      this.jitter = false;
      return this;
    }

    /** Sets how many sessions there may be at once. */
    public Builder concurrencyCap(int sessions) {
      this.concurrencyCap = sessions;
      return this;
    }

    /** Sets how long pongs take. */
    public Builder pongs(Duration least, Duration most) {
      this.pongLeast = least;
      this.pongMost = most;
      return this;
    }

    /** Sets how much sound may come ahead of real time, and how long none may come. */
    public Builder pace(Duration paceSlack, Duration gapLimit) {
      this.paceSlack = paceSlack;
      this.gapLimit = gapLimit;
      return this;
    }

    /** Counts usage from the beginning of a session instead of from the last message. */
    public Builder cumulativeUsage() {
      this.cumulativeUsage = true;
      return this;
    }

    /** Sets the models that there are. */
    public Builder models(Set<String> names) {
      this.models = names;
      return this;
    }

    /** Sets what to think of keys and tokens; any other is good. */
    public Builder keys(Map<String, KeyVerdict> keys) {
      this.keys = keys;
      return this;
    }

    /** The options. */
    public GeminiSimOptions build() {
      return new GeminiSimOptions(
          port,
          seed,
          speed,
          new ModelSettings(lag, earlier, later, stretch, leadIn, sourceLanguage, handleEvery),
          goAwayAfter,
          timeLeft,
          sessionLimit,
          idleLimit,
          jitter,
          concurrencyCap,
          pongLeast,
          pongMost,
          paceSlack,
          gapLimit,
          cumulativeUsage,
          models,
          keys);
    }
  }
}
