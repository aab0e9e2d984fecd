package dev.livedub.core.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The translators there are, and which one is taken if nobody says.
 *
 * @param available those this program has
 * @param byDefault the one taken if none is asked for
 * @param why where that default comes from, for a person
 * @param gemini what is known of the way to Gemini
 */
public record TranslatorChoice(
    List<TranslatorKind> available, TranslatorKind byDefault, String why, GeminiAccess gemini) {

  public TranslatorChoice {
    available = List.copyOf(available);
  }

  /** What to say to somebody who asks for one that there is not. */
  String expectedInsteadOf(TranslatorKind missing) {
    String words = available.stream().map(DubSettings::word).collect(Collectors.joining(", "));
    return "one of "
        + words
        + "; "
        + DubSettings.word(missing)
        + " is not available in this version";
  }
}
