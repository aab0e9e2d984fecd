package dev.livedub.cli.config;

import dev.livedub.core.config.ConfigProblem;
import dev.livedub.core.config.Setting;
import dev.livedub.core.config.SettingLayer;
import dev.livedub.core.config.SettingLayer.Given;
import dev.livedub.core.config.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Settings from {@code LIVEDUB_…} variables. An empty variable is as good as none; the values of a
 * list are separated by blanks.
 */
public final class EnvironmentLayer {

  private static final String PREFIX = "LIVEDUB_";

  /**
   * Ours but not settings: read by the start script, or by MediaMTX's hook; or set by Kubernetes
   * for a service.
   */
  private static final Pattern NOT_A_SETTING =
      Pattern.compile(
          "LIVEDUB_(JAVA_OPTS|URL|HOOK_PAUSES|(.*_)?SERVICE_(HOST|PORT.*)|PORT"
              + "|(.*_)?PORT_[0-9]+_(TCP|UDP).*)");

  /**
   * Settings of commands other than {@code dub}: one environment serves them all, so each leaves
   * alone what is for another one.
   */
  private static final Set<String> OF_OTHER_COMMANDS =
      Set.of(
          "LIVEDUB_GEMINI",
          "LIVEDUB_GRACE",
          "LIVEDUB_HOOK_SECRET_FILE",
          "LIVEDUB_HTTP_ADDR",
          "LIVEDUB_MAX_WORKERS",
          "LIVEDUB_MEDIAMTX_API",
          "LIVEDUB_MEDIAMTX_RTMP",
          "LIVEDUB_MEDIAMTX_RTSP",
          "LIVEDUB_OUTPUT_FILE",
          "LIVEDUB_STATE_DIR",
          "LIVEDUB_TLS_CERT",
          "LIVEDUB_TLS_KEY",
          "LIVEDUB_TOKEN_FILE",
          "LIVEDUB_WORKER_MODE");

  private static final Set<String> OF_DUB =
      ProcessSettings.all().stream().map(Setting::variable).collect(Collectors.toSet());

  private EnvironmentLayer() {}

  /** What the environment says about the settings. */
  public static SettingLayer read(Map<String, String> environment, List<Setting<?>> settings) {
    Map<String, Setting<?>> byVariable =
        settings.stream().collect(Collectors.toMap(Setting::variable, Function.identity()));
    Map<String, Given> values = new HashMap<>();
    List<ConfigProblem> problems = new ArrayList<>();
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (!name.startsWith(PREFIX) || value.isBlank()) {
                return;
              }
              Setting<?> setting = byVariable.get(name);
              if (setting != null) {
                values.put(setting.key(), new Given(texts(setting, value), name));
              } else if (!isForSomethingElse(name)) {
                problems.add(unknown(name, byVariable));
              }
            });
    return new SettingLayer(values, problems);
  }

  private static boolean isForSomethingElse(String name) {
    return OF_DUB.contains(name)
        || OF_OTHER_COMMANDS.contains(name)
        || NOT_A_SETTING.matcher(name).matches();
  }

  private static List<String> texts(Setting<?> setting, String value) {
    return setting.kind() == Setting.Kind.LIST
        ? List.of(value.strip().split("\\s+"))
        : List.of(value);
  }

  private static ConfigProblem unknown(String name, Map<String, Setting<?>> byVariable) {
    return ConfigProblem.missing(
        name,
        "environment",
        "a variable named like an option" + Suggestion.hint(name, byVariable.keySet()));
  }
}
