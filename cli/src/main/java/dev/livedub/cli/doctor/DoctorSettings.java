package dev.livedub.cli.doctor;

import dev.livedub.cli.config.ProcessSettings;
import dev.livedub.core.config.DubSettings;
import dev.livedub.core.config.GeminiConfig;
import dev.livedub.core.config.GeminiSettings;
import dev.livedub.core.config.Setting;
import dev.livedub.core.config.SettingResolver;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings of {@code livedub doctor}: what to try, and a dub's for it. */
final class DoctorSettings {

  static final Setting<Boolean> GEMINI =
      new Setting<>(
          "gemini",
          "",
          Setting.Kind.FLAG,
          "false",
          "true or false",
          "Translate a sentence in a real session.",
          DubSettings::bool);

  private static final List<Setting<?>> FLAGS =
      List.of(
          GEMINI,
          DubSettings.TARGET_LANG,
          GeminiSettings.URL,
          GeminiSettings.MODEL,
          GeminiSettings.VERTEX_PROJECT,
          GeminiSettings.VERTEX_LOCATION);

  private DoctorSettings() {}

  /** The options of the command, in the order of the help. */
  static List<Setting<?>> flags() {
    return FLAGS;
  }

  /** Those that variables may be named after: the same environment serves a dub. */
  static List<Setting<?>> variables() {
    return Stream.concat(Stream.of(GEMINI), ProcessSettings.all().stream()).toList();
  }

  /** How Gemini is to be reached; what is wrong is put on the resolver's record. */
  static GeminiConfig gemini(SettingResolver given) {
    String location = given.findOrDefault(GeminiSettings.VERTEX_LOCATION).orElse("");
    return new GeminiConfig(
        given.find(GeminiSettings.URL),
        given.findOrDefault(GeminiSettings.MODEL).orElse(""),
        given
            .find(GeminiSettings.VERTEX_PROJECT)
            .map(project -> new GeminiConfig.Vertex(project, location)),
        GeminiConfig.Budget.UNLIMITED,
        Optional.empty());
  }
}
