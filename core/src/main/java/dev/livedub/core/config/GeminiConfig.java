package dev.livedub.core.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How Gemini is used. The key is not in here: it is read from the environment where the sessions
 * are made.
 *
 * @param url where the service is reached instead of its own address
 * @param model name of the model, without {@code models/}
 * @param vertex the project that sessions are opened for; empty for the developer API
 * @param budget when to stop spending
 * @param suspendAfter how long nothing may be said before the session is given up until somebody
 *     speaks again; empty for never
 */
public record GeminiConfig(
    Optional<String> url,
    String model,
    Optional<Vertex> vertex,
    Budget budget,
    Optional<Duration> suspendAfter) {

  /** What holds if nothing is set. */
  public static final GeminiConfig DEFAULTS =
      new GeminiConfig(
          Optional.empty(),
          "gemini-3.5-live-translate-preview",
          Optional.empty(),
          Budget.UNLIMITED,
          Optional.empty());

  /** A project of Google Cloud and where its sessions run. */
  public record Vertex(String project, String location) {}

  /**
   * Most that may be spent, in US dollars; empty for no limit.
   *
   * @param perHourUsd in any hour
   * @param totalUsd in the whole run
   */
  public record Budget(OptionalDouble perHourUsd, OptionalDouble totalUsd) {

    /** No limit. */
    public static final Budget UNLIMITED =
        new Budget(OptionalDouble.empty(), OptionalDouble.empty());
  }
}
