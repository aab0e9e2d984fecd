package dev.livedub.cli.doctor;

import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.DubSettings;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.gemini.config.ServiceAccess;
import java.util.Map;

/** What translates, and whether there is a key for it. */
final class KeyFindings {

  private KeyFindings() {}

  /** The line, for a stream that no rule speaks of. */
  static Diagnosis of(DubConfig dub, Map<String, String> environment) {
    if (dub.translator() == TranslatorKind.GEMINI) {
      return key(dub, environment);
    }
    String finding =
        "the translator is " + DubSettings.word(dub.translator()) + ", which needs none";
    return dub.translator() == TranslatorKind.PASSTHROUGH
        ? Diagnosis.warn(
            "key",
            finding + ": nothing is translated",
            "put the key into GEMINI_API_KEY, or into a file that GEMINI_API_KEY_FILE names")
        : Diagnosis.ok("key", finding);
  }

  private static Diagnosis key(DubConfig dub, Map<String, String> environment) {
    try {
      ServiceAccess access = ServiceAccess.find(dub.gemini(), environment);
      String language = dub.targetLang().map(tag -> ", into " + tag).orElse("");
      return Diagnosis.ok(
          "key",
          "Gemini at " + access.url().host() + " can be asked" + language + "; --gemini tries it");
    } catch (BadValueException e) {
      return Diagnosis.fail("key", "none for Gemini", "expected " + e.expected());
    }
  }
}
