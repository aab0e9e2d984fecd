package dev.livedub.gemini.keeper;

import dev.livedub.gemini.money.MoneySettings;
import dev.livedub.gemini.policy.RetrySettings;
import java.time.Duration;

/**
 * How translation is kept on air.
 *
 * @param targetLanguage BCP 47 tag of the language asked for
 * @param echoTargetLanguage whether the service is told to say again what is already in that
 *     language; if not, the original is left to be heard there
 * @param rotation of sessions
 * @param retry of lost sessions
 * @param money caps and savings
 * @param silentAfter how long speech may go unanswered before the session is given up
 * @param replayAtMost how much source sound is sent again to a session that follows a lost one;
 *     what is older is on air already, with the original's voice
 * @param idleAfter how long the input may be away before sessions are closed
 * @param mutedWarm how long sessions are kept while muted
 */
public record KeeperSettings(
    String targetLanguage,
    boolean echoTargetLanguage,
    RotationSettings rotation,
    RetrySettings retry,
    MoneySettings money,
    Duration silentAfter,
    Duration replayAtMost,
    Duration idleAfter,
    Duration mutedWarm) {

  /**
   * The defaults for a language. Nothing is echoed: the speaker's own voice, untouched, is better
   * than its imitation, and an echo adds artefacts to music.
   */
  public static KeeperSettings of(String targetLanguage) {
    return new KeeperSettings(
        targetLanguage,
        false,
        RotationSettings.DEFAULT,
        RetrySettings.DEFAULT,
        MoneySettings.DEFAULT,
        Duration.ofSeconds(5),
        Duration.ofSeconds(6),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30));
  }

  /** These with other caps and savings. */
  public KeeperSettings with(MoneySettings newMoney) {
    return new KeeperSettings(
        targetLanguage,
        echoTargetLanguage,
        rotation,
        retry,
        newMoney,
        silentAfter,
        replayAtMost,
        idleAfter,
        mutedWarm);
  }

  /** These with other rotation. */
  public KeeperSettings with(RotationSettings newRotation) {
    return new KeeperSettings(
        targetLanguage,
        echoTargetLanguage,
        newRotation,
        retry,
        money,
        silentAfter,
        replayAtMost,
        idleAfter,
        mutedWarm);
  }

  /** These with other patience. */
  public KeeperSettings with(RetrySettings newRetry) {
    return new KeeperSettings(
        targetLanguage,
        echoTargetLanguage,
        rotation,
        newRetry,
        money,
        silentAfter,
        replayAtMost,
        idleAfter,
        mutedWarm);
  }

  /** These with an echo of the target language, or without. */
  public KeeperSettings withEcho(boolean echo) {
    return new KeeperSettings(
        targetLanguage,
        echo,
        rotation,
        retry,
        money,
        silentAfter,
        replayAtMost,
        idleAfter,
        mutedWarm);
  }
}
