package dev.livedub.cli.config;

import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.DubSettings;
import dev.livedub.core.config.MediaAddress;
import dev.livedub.core.config.Setting;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of a forwarder and of the process that runs it. */
public final class ForwardSettings {

  public static final Setting<String> INPUT =
      Setting.value(
          "input",
          "URL",
          "",
          MediaAddress.INPUT_EXPECTED,
          "Where the stream comes from: an address (rtsp rtmp rtmps srt http https) or a file,"
              + " which is paced at real time.",
          MediaAddress::input);

  public static final Setting<String> OUTPUT =
      new Setting<>(
          "output",
          "URL",
          Setting.Kind.LIST,
          "",
          MediaAddress.OUTPUT_EXPECTED,
          "Where it goes: an address (rtmp rtmps rtsp srt) or a file (.flv .ts .mp4 .m3u8). May be"
              + " given several times. A stream key in it shows in the list of processes.",
          MediaAddress::output);

  public static final Setting<Path> OUTPUT_FILE =
      new Setting<>(
          "output-file",
          "FILE",
          Setting.Kind.LIST,
          "",
          "a readable file with one output a line",
          "Read outputs from a file, one a line, so that their stream keys stay out of the list of"
              + " processes. May be given several times.",
          ForwardSettings::path);

  public static final Setting<String> STREAM_ID =
      Setting.value(
          "stream-id",
          "ID",
          "ID of an input …/live/ID/out, else forward",
          DubSettings.STREAM_ID_SETTING.expected(),
          DubSettings.STREAM_ID_SETTING.description(),
          DubSettings.STREAM_ID_SETTING.parser());

  private static final List<Setting<?>> IN_FILE =
      List.of(
          INPUT,
          OUTPUT,
          OUTPUT_FILE,
          DubSettings.READY_TIMEOUT,
          DubSettings.RECONNECT_TIMEOUT,
          STREAM_ID,
          ProcessSettings.METRICS_PORT,
          ProcessSettings.METRICS_ADDR,
          ProcessSettings.LOG_FORMAT);

  private ForwardSettings() {}

  /** All settings that a file may hold, in the order of the help. */
  public static List<Setting<?>> inFile() {
    return IN_FILE;
  }

  /** All settings of the command, in the order of the help. */
  public static List<Setting<?>> all() {
    return Stream.concat(IN_FILE.stream(), Stream.of(ProcessSettings.CONFIG)).toList();
  }

  /** Those that variables may be named after: the same environment serves a dub. */
  static List<Setting<?>> variables() {
    Set<String> own = all().stream().map(Setting::key).collect(Collectors.toSet());
    Stream<Setting<?>> others =
        ProcessSettings.all().stream().filter(setting -> !own.contains(setting.key()));
    return Stream.concat(all().stream(), others).toList();
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new BadValueException("a valid file name");
    }
  }
}
