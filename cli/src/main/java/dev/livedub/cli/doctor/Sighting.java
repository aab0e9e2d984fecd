package dev.livedub.cli.doctor;

import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import dev.livedub.gemini.session.SessionEnd;
import dev.livedub.gemini.session.SessionEvent;
import java.time.Duration;
import java.util.Optional;

/**
 * What was seen of a session.
 *
 * <p><b>Threading:</b> one thread.
 */
final class Sighting {

  private static final int OUTPUT_SAMPLE_RATE_HZ = 24_000;

  /** Root of the mean square of an event's sound from which it counts as audible: -50 dBFS. */
  private static final double AUDIBLE = 32_768 * Math.pow(10, -50 / 20.0);

  private Optional<Duration> setUp = Optional.empty();
  private Optional<Duration> firstSound = Optional.empty();
  private Optional<SessionEnd> end = Optional.empty();
  private long outputSamples;
  private long inputTokens;
  private long outputTokens;
  private boolean handle;
  private String sourceLanguage = "";
  private final StringBuilder source = new StringBuilder();
  private final StringBuilder target = new StringBuilder();

  /**
   * Takes note of an event.
   *
   * @param sinceSpeech time since the first sound was sent
   */
  void note(SessionEvent event, Duration sinceSpeech) {
    if (event instanceof SessionEvent.Ready ready) {
      setUp = Optional.of(ready.setUpTook());
    } else if (event instanceof SessionEvent.Audio audio) {
      outputSamples += audio.samples24k().length;
      if (firstSound.isEmpty() && isAudible(audio.samples24k())) {
        firstSound = Optional.of(sinceSpeech);
      }
    } else if (event instanceof SessionEvent.Transcript fragment) {
      noteText(fragment);
    } else if (event instanceof SessionEvent.Usage usage) {
      inputTokens += usage.inputTokens();
      outputTokens += usage.outputTokens();
    } else if (event instanceof SessionEvent.Handle update) {
      handle |= update.resumable();
    } else if (event instanceof SessionEvent.Ended ended) {
      end = Optional.of(ended.end());
    }
  }

  /** Whether everything has been seen that a session has to show. */
  boolean isComplete() {
    return firstSound.isPresent() && handle && inputTokens > 0 && !target.isEmpty();
  }

  Optional<Duration> setUp() {
    return setUp;
  }

  Optional<Duration> firstSound() {
    return firstSound;
  }

  /** How the session ended, if it has. */
  Optional<SessionEnd> end() {
    return end;
  }

  double outputSeconds() {
    return (double) outputSamples / OUTPUT_SAMPLE_RATE_HZ;
  }

  long inputTokens() {
    return inputTokens;
  }

  long outputTokens() {
    return outputTokens;
  }

  boolean hasHandle() {
    return handle;
  }

  String sourceText() {
    return source.toString().strip();
  }

  String sourceLanguage() {
    return sourceLanguage;
  }

  String targetText() {
    return target.toString().strip();
  }

  private void noteText(SessionEvent.Transcript fragment) {
    if (fragment.side() == Side.TARGET) {
      target.append(fragment.text());
      return;
    }
    source.append(fragment.text());
    String language = fragment.lang();
    if (language != null) {
      sourceLanguage = language;
    }
  }

  private static boolean isAudible(short[] samples) {
    double sum = 0;
    for (short sample : samples) {
      sum += (double) sample * sample;
    }
    return Math.sqrt(sum / samples.length) >= AUDIBLE;
  }
}
