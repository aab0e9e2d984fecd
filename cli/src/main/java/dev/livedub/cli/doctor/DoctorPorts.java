package dev.livedub.cli.doctor;

import dev.livedub.core.config.TranslatorKind;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the command needs from the other modules; filled in by the composition root.
 *
 * @param version livedub's
 * @param available translators this program has
 * @param targetLanguage Gemini's code for a language tag
 */
public record DoctorPorts(
    String version, List<TranslatorKind> available, UnaryOperator<String> targetLanguage) {

  public DoctorPorts {
    available = List.copyOf(available);
  }
}
