package dev.livedub.gemini.config;

import java.time.Duration;

/**
 * What a session is to be.
 *
 * @param model its name alone
 * @param targetLanguage a tag of the service's
 * @param echoTargetLanguage whether speech that is in the target language already is spoken again,
 *     rather than answered with silence
 * @param setUpTimeout how long a session may take from opening to being ready
 * @param maxBacklog how much sound may wait to be sent; older sound is dropped
 */
public record SessionSettings(
    String model,
    String targetLanguage,
    boolean echoTargetLanguage,
    Duration setUpTimeout,
    Duration maxBacklog) {

  private static final Duration SET_UP_TIMEOUT = Duration.ofSeconds(10);

  /** Sound older than this comes back too late for a usual playout delay. */
  private static final Duration MAX_BACKLOG = Duration.ofSeconds(2);

  public SessionSettings {
    model = ModelName.check(model);
    targetLanguage = LanguageCodes.resolve(targetLanguage);
    if (setUpTimeout.isNegative() || setUpTimeout.isZero()) {
      throw new IllegalArgumentException("setUpTimeout must be positive: " + setUpTimeout);
    }
    if (maxBacklog.toMillis() < 100) {
      throw new IllegalArgumentException("maxBacklog must hold a chunk: " + maxBacklog);
    }
  }

  /**
   * The usual settings.
   *
   * @throws dev.livedub.core.config.BadValueException if the service has no such language, or the
   *     model no such name
   */
  public static SessionSettings of(String model, String targetLanguage) {
    return new SessionSettings(model, targetLanguage, true, SET_UP_TIMEOUT, MAX_BACKLOG);
  }

  /** The same with a different answer to speech in the target language. */
  public SessionSettings withEcho(boolean echo) {
    return new SessionSettings(model, targetLanguage, echo, setUpTimeout, maxBacklog);
  }
}
