package dev.livedub.cli.config;

import dev.livedub.core.config.Setting;
import dev.livedub.core.config.SettingLayer;
import dev.livedub.core.config.SettingLayer.Given;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Settings from the command line: makes picocli's options and reads back what was given. */
public final class FlagLayer {

  private FlagLayer() {}

  /** Adds one option per setting. */
  public static void declare(CommandSpec spec, List<Setting<?>> settings) {
    settings.forEach(setting -> spec.addOption(option(setting)));
  }

  /** What the command line says about the settings. */
  public static SettingLayer read(ParseResult parsed, List<Setting<?>> settings) {
    Map<String, Given> values = new HashMap<>();
    for (Setting<?> setting : settings) {
      OptionSpec option = parsed.matchedOption(setting.flag());
      if (option != null) {
        List<String> texts =
            setting.kind() == Setting.Kind.FLAG
                ? List.of(String.valueOf(option.<Object>getValue()))
                : option.stringValues();
        values.put(setting.key(), new Given(texts, setting.flag()));
      }
    }
    return new SettingLayer(values, List.of());
  }

  private static OptionSpec option(Setting<?> setting) {
    OptionSpec.Builder builder =
        OptionSpec.builder(setting.flag()).description(description(setting));
    return switch (setting.kind()) {
      case FLAG -> builder.type(boolean.class).arity("0").negatable(true).build();
      case VALUE ->
          builder
              .type(String.class)
              .arity("1")
              .paramLabel(setting.placeholder())
              .completionCandidates(choices(setting))
              .build();
      case LIST ->
          builder
              .type(List.class)
              .auxiliaryTypes(String.class)
              .arity("1")
              .paramLabel(setting.placeholder())
              .build();
    };
  }

  /** The words of which one is expected; none if anything else is. */
  private static List<String> choices(Setting<?> setting) {
    return setting.placeholder().contains("|")
        ? List.of(setting.placeholder().split("\\|"))
        : List.of();
  }

  private static String description(Setting<?> setting) {
    String byDefault =
        setting.defaultText().isEmpty() ? "" : " Default: " + setting.defaultText() + ".";
    // picocli formats descriptions, so that a per cent sign would be read as a place holder.
    return (setting.description() + byDefault).replace("%", "%%");
  }
}
