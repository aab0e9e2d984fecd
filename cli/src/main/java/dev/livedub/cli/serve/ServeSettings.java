package dev.livedub.cli.serve;

import dev.livedub.cli.config.FileSection;
import dev.livedub.cli.config.ProcessSettings;
import dev.livedub.cli.config.YamlLayer;
import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.DubSettings;
import dev.livedub.core.config.DurationText;
import dev.livedub.core.config.Setting;
import dev.livedub.orchestrator.config.WorkersConfig;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The list of everything that can be set about {@code livedub serve}. */
public final class ServeSettings {

  private static final String FILE_EXPECTED = "a file this user may read";
  private static final int MOST_WORKERS = 10_000;
  private static final Duration MOST_GRACE = Duration.ofHours(1);
  private static final String OFF = "off";

  private static final Pattern SERVER =
      Pattern.compile(
          "([a-z]+)://(?:\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)"
              + "(?::([0-9]{1,5}))?(/?)");
  private static final int MAX_PORT = 65_535;

  static final Setting<HttpAddress> HTTP_ADDR =
      Setting.value(
          "http-addr",
          "HOST:PORT",
          "0.0.0.0:8080",
          HttpAddress.EXPECTED,
          "Address that the HTTP API, the metrics and the dashboard are served on; port 0 for any"
              + " free one.",
          HttpAddress::parse);

  static final Setting<Path> TOKEN_FILE =
      file("token-file", "File with the bearer token that operators must show.");

  static final Setting<Path> HOOK_SECRET_FILE =
      file("hook-secret-file", "File with the secret that MediaMTX's hooks must show.");

  static final Setting<Path> TLS_CERT =
      file("tls-cert", "Certificate, with its chain, in PEM: serve HTTPS. Needs --tls-key.");

  static final Setting<Path> TLS_KEY = file("tls-key", "Private key of --tls-cert in PEM.");

  static final Setting<String> MEDIAMTX_RTSP =
      server(
          "mediamtx-rtsp",
          "rtsp://127.0.0.1:8554",
          "Where MediaMTX is reached by RTSP.",
          List.of("rtsp"));

  static final Setting<String> MEDIAMTX_RTMP =
      server(
          "mediamtx-rtmp",
          "rtmp://127.0.0.1:1935",
          "Where MediaMTX is reached by RTMP.",
          List.of("rtmp", "rtmps"));

  static final Setting<Optional<String>> MEDIAMTX_API =
      Setting.value(
          "mediamtx-api",
          "URL",
          "http://127.0.0.1:9997",
          serverExpected(List.of("http", "https")) + ", or " + OFF,
          "MediaMTX's control API, which heals missed hooks; off if there is none.",
          ServeSettings::api);

  static final Setting<WorkersConfig.Mode> WORKER_MODE =
      DubSettings.choice(
          "worker-mode",
          "process",
          "Each worker in a process of its own, so that a crash takes one stream, or all as threads"
              + " of this one, which takes least memory.",
          WorkersConfig.Mode.class);

  static final Setting<Integer> MAX_WORKERS =
      Setting.value(
          "max-workers",
          "N",
          "0",
          "a number from 0 to " + MOST_WORKERS,
          "Most streams dubbed at once; 0 for no limit.",
          ServeSettings::maxWorkers);

  static final Setting<Duration> GRACE =
      Setting.value(
          "grace",
          "TIME",
          "30s",
          "a duration from 0s to " + DurationText.format(MOST_GRACE),
          "How long a worker is kept when its publisher is gone, in case it comes back.",
          text -> DurationText.parseWithin(text, Duration.ZERO, MOST_GRACE));

  static final Setting<Path> STATE_DIR =
      Setting.value(
          "state-dir",
          "DIR",
          "livedub-USER in $XDG_RUNTIME_DIR or the temporary directory",
          "a directory this user may write, or one that can be made",
          "Directory for the leases of workers; one per orchestrator, on this machine's own disk.",
          ServeSettings::path);

  private static final List<Setting<?>> ORCHESTRATORS =
      List.of(
          HTTP_ADDR,
          TOKEN_FILE,
          HOOK_SECRET_FILE,
          TLS_CERT,
          TLS_KEY,
          MEDIAMTX_RTSP,
          MEDIAMTX_RTMP,
          MEDIAMTX_API,
          WORKER_MODE,
          MAX_WORKERS,
          GRACE,
          STATE_DIR);

  /** Settings of a dub that are no stream's: where it comes from and goes is up to the hooks. */
  private static final List<Setting<?>> OF_A_SINGLE_DUB =
      List.of(
          DubSettings.INPUT,
          DubSettings.OUTPUT,
          DubSettings.CAPTIONS,
          DubSettings.FAST,
          DubSettings.STREAM_ID_SETTING);

  private static final List<Setting<?>> OF_STREAMS =
      DubSettings.all().stream().filter(setting -> !OF_A_SINGLE_DUB.contains(setting)).toList();

  private static final List<FileSection> SECTIONS =
      List.of(
          new FileSection(
              "http",
              Map.of(
                  "addr",
                  HTTP_ADDR,
                  "token-file",
                  TOKEN_FILE,
                  "hook-secret-file",
                  HOOK_SECRET_FILE,
                  "tls-cert",
                  TLS_CERT,
                  "tls-key",
                  TLS_KEY),
              List.of()),
          new FileSection(
              "mediamtx",
              Map.of("rtsp", MEDIAMTX_RTSP, "rtmp", MEDIAMTX_RTMP, "api", MEDIAMTX_API),
              List.of()),
          new FileSection(
              "workers",
              Map.of(
                  "mode", WORKER_MODE, "max", MAX_WORKERS, "grace", GRACE, "state-dir", STATE_DIR),
              List.of()),
          FileSection.of(
                  YamlLayer.DEFAULTS,
                  Stream.concat(OF_STREAMS.stream(), Stream.of(ProcessSettings.LOG_FORMAT))
                      .toList())
              .withElsewhere(ProcessSettings.inFile()));

  private ServeSettings() {}

  /** All settings of the command, in the order of the help. */
  public static List<Setting<?>> all() {
    return Stream.of(
            ORCHESTRATORS, OF_STREAMS, List.of(ProcessSettings.LOG_FORMAT, ProcessSettings.CONFIG))
        .<Setting<?>>flatMap(List::stream)
        .toList();
  }

  /** Those that a stream may have of its own, by a rule of the file. */
  static List<Setting<?>> ofStreams() {
    return OF_STREAMS;
  }

  /** The sections of the file that hold settings. */
  static List<FileSection> sections() {
    return SECTIONS;
  }

  /** Where in the file a setting stands, such as {@code http.addr}; empty if nowhere. */
  public static String placeInFile(Setting<?> setting) {
    for (FileSection section : SECTIONS) {
      for (Map.Entry<String, Setting<?>> entry : section.settings().entrySet()) {
        if (entry.getValue().equals(setting)) {
          return section.name() + "." + entry.getKey();
        }
      }
    }
    return "";
  }

  private static Setting<Path> file(String key, String description) {
    return Setting.value(key, "FILE", "", FILE_EXPECTED, description, ServeSettings::path);
  }

  private static Path path(String text) {
    try {
      if (!text.isEmpty()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      // Said below.
    }
    throw new BadValueException("a valid file name");
  }

  private static Setting<String> server(
      String key, String byDefault, String description, List<String> schemes) {
    return Setting.value(
        key,
        "URL",
        byDefault,
        serverExpected(schemes),
        description,
        text -> serverUrl(text, schemes));
  }

  private static String serverExpected(List<String> schemes) {
    return "an "
        + String.join(" or ", schemes)
        + " address of a host and a port, without user-info or path";
  }

  private static String serverUrl(String text, List<String> schemes) {
    Matcher form = SERVER.matcher(text);
    boolean right =
        form.matches()
            && schemes.contains(form.group(1))
            && (form.group(2) == null || Integer.parseInt(form.group(2)) <= MAX_PORT);
    if (!right) {
      throw new BadValueException(serverExpected(schemes));
    }
    return text.substring(0, form.start(3));
  }

  private static Optional<String> api(String text) {
    if (text.equals(OFF)) {
      return Optional.empty();
    }
    List<String> schemes = List.of("http", "https");
    try {
      return Optional.of(serverUrl(text, schemes));
    } catch (BadValueException e) {
      throw new BadValueException(e.expected() + ", or " + OFF);
    }
  }

  private static Integer maxWorkers(String text) {
    if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= MOST_WORKERS) {
      return Integer.valueOf(text);
    }
    throw new BadValueException("a number from 0 to " + MOST_WORKERS);
  }
}
