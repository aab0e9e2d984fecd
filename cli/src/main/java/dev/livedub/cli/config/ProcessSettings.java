package dev.livedub.cli.config;

import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.DubSettings;
import dev.livedub.core.config.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The settings of a process that runs a dub, besides those of the dub itself. */
public final class ProcessSettings {

  public static final Setting<Integer> METRICS_PORT =
      Setting.value(
          "metrics-port",
          "PORT",
          "",
          "a port from 0 to 65535, 0 for any free one",
          "Serve Prometheus metrics and /healthz on this port. Not served unless given.",
          ProcessSettings::port);

  public static final Setting<String> METRICS_ADDR =
      Setting.value(
          "metrics-addr",
          "HOST",
          "127.0.0.1",
          "a host name or address of this machine",
          "Address the metrics are served on; 0.0.0.0 for all, as a container needs it.",
          ProcessSettings::host);

  public static final Setting<LogFormat> LOG_FORMAT =
      DubSettings.choice(
          "log-format",
          "json",
          "One JSON object a line, or text for people, with a status line on a terminal.",
          LogFormat.class);

  /** Which file to read; it cannot be named in the file itself. */
  public static final Setting<Path> CONFIG =
      Setting.value(
          "config",
          "FILE",
          "",
          "a readable YAML file",
          "File with more settings. None is read unless given.",
          Path::of);

  private ProcessSettings() {}

  /** All settings that a file may hold, in the order of the help. */
  public static List<Setting<?>> inFile() {
    return Stream.concat(
            DubSettings.all().stream(), Stream.of(METRICS_PORT, METRICS_ADDR, LOG_FORMAT))
        .toList();
  }

  /** All settings of the command, in the order of the help. */
  public static List<Setting<?>> all() {
    return Stream.concat(inFile().stream(), Stream.of(CONFIG)).toList();
  }

  private static Integer port(String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
      throw new BadValueException("a port from 0 to 65535, 0 for any free one");
    }
    return Integer.valueOf(text);
  }

  private static String host(String text) {
    if (!text.matches("[A-Za-z0-9._:%-]{1,255}")) {
      throw new BadValueException("a host name or address of this machine");
    }
    return text;
  }
}
