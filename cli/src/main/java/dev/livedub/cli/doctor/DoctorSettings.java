package dev.livedub.cli.doctor;

import dev.livedub.cli.serve.ServeSettings;
import dev.livedub.core.config.DubSettings;
import dev.livedub.core.config.Setting;
import java.util.List;
import java.util.stream.Stream;

/** The settings of {@code livedub doctor}: what to try, and those of {@code livedub serve}. */
public final class DoctorSettings {

  static final Setting<Boolean> GEMINI =
      new Setting<>(
          "gemini",
          "",
          Setting.Kind.FLAG,
          "false",
          "true or false",
          "Translate a sentence in a real session.",
          DubSettings::bool);

  private static final List<Setting<?>> ALL =
      Stream.concat(Stream.of(GEMINI), ServeSettings.all().stream()).toList();

  private DoctorSettings() {}

  /** The options of the command, in the order of the help. */
  public static List<Setting<?>> all() {
    return ALL;
  }
}
