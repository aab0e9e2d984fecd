package dev.livedub.core.translate;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a translator says, whenever it has something to say. */
public sealed interface TranslatorEvent {

  /**
   * Translated voice.
   *
   * @param samples signed 16-bit mono at {@link #SAMPLE_RATE_HZ}, any number of them
   * @param sourceMicros output-timeline time of the source speech that the first sample translates,
   *     if the translator knows or estimates it; otherwise the sound follows what came before it
   * @param place what that time means
   */
  @SuppressWarnings("ArrayRecordComponent") // a buffer handed over, never compared
  record DubAudio(short[] samples, OptionalLong sourceMicros, Place place)
      implements TranslatorEvent {

    /** What a translator knows of where its voice belongs. */
    public enum Place {
      /** Its place is as said; if nothing is said, it follows. */
      KNOWN,
      /** An utterance begins, whose source lies at about that time. */
      BEGINS,
      /** The same, and estimates were begun anew: how wrong those before were says nothing. */
      BEGINS_ANEW,
      /** The utterance goes on, by now at about that time. */
      GOES_ON
    }

    /** Voice whose place is known, or that follows what came before. */
    public DubAudio(short[] samples, OptionalLong sourceMicros) {
      this(samples, sourceMicros, Place.KNOWN);
    }

    /** Sample rate of all translated voice. */
    public static final int SAMPLE_RATE_HZ = 24_000;
  }

  /**
   * The source needs no translation in this span: it is not speech, already speaks the target
   * language, or the translator is one that leaves everything as it is.
   *
   * @param fromMicros start of the span on the output timeline, inclusive
   * @param toMicros end of the span, exclusive
   */
  record SourceKept(long fromMicros, long toMicros) implements TranslatorEvent {}

  /**
   * A fragment of transcript; fragments of one side append to each other.
   *
   * @param languageTag BCP 47 tag as detected, null when not said
   */
  record Transcript(Side side, String text, @Nullable String languageTag)
      implements TranslatorEvent {
    /** Whose words. */
    public enum Side {
      SOURCE,
      TARGET
    }
  }

  /**
   * A change of the translator's condition.
   *
   * @param cause why speech goes untranslated while it is failing or has failed; without meaning in
   *     the other states
   * @param reason one line for a person; never holds a secret
   */
  record Health(State state, Cause cause, String reason) implements TranslatorEvent {

    /** A condition whose cause, if it needs one, is {@link Cause#ERROR}. */
    public Health(State state, String reason) {
      this(state, Cause.ERROR, reason);
    }

    /** Whether speech sent now will not be translated. */
    public boolean isImpaired() {
      return state == State.FAILING || state == State.FAILED;
    }

    /** Conditions a translator can be in. */
    public enum State {
      CONNECTING,
      READY,
      /** No translation now; it is being tried again. */
      FAILING,
      /** No translation any more. */
      FAILED
    }

    /** Why there is no translation. */
    public enum Cause {
      /** The service or the way to it fails. */
      ERROR,
      /** Its output was refused by the output guard. */
      INVALID_OUTPUT,
      /** It failed too often and is left alone for a while. */
      BREAKER_OPEN,
      /** The money cap is reached. */
      BUDGET,
      /** The operator wants none. */
      MUTED
    }
  }

  /**
   * All that was sent before {@link Translator#finish} has been answered, as far as it ever will
   * be. Comes once, only after {@code finish}, and nothing but {@link Usage} comes after it.
   */
  record Finished() implements TranslatorEvent {}

  /**
   * What the service counted since the last such event.
   *
   * @param costUsd price of the tokens in US dollars
   */
  record Usage(long inputTokens, long outputTokens, double costUsd) implements TranslatorEvent {}
}
