package dev.livedub.cli.serve;

import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.Setting;
import dev.livedub.core.config.SettingResolver;
import dev.livedub.orchestrator.config.HttpConfig;
import dev.livedub.orchestrator.config.MediaMtxConfig;
import dev.livedub.orchestrator.config.Secret;
import dev.livedub.orchestrator.config.WorkersConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what the orchestrator itself is configured to do; what is wrong is put on the resolver's
 * record.
 *
 * <p><b>Threading:</b> one thread; used once.
 */
final class OrchestratorReader {

  private final SettingResolver from;
  private final Map<String, String> environment;
  private final List<String> warnings;

  /**
   * A reader.
   *
   * @param warnings takes what is not wrong but should be looked at
   */
  OrchestratorReader(SettingResolver from, Map<String, String> environment, List<String> warnings) {
    this.from = from;
    this.environment = environment;
    this.warnings = warnings;
  }

  /** How the API is served; empty if anything is wrong. */
  Optional<HttpConfig> http() {
    Optional<HttpAddress> address = from.findOrDefault(ServeSettings.HTTP_ADDR);
    Optional<Secret> token = secret(ServeSettings.TOKEN_FILE);
    Optional<Secret> hookSecret = secret(ServeSettings.HOOK_SECRET_FILE);
    Optional<HttpConfig.Tls> tls = tls();
    return address.map(known -> new HttpConfig(known.host(), known.port(), token, hookSecret, tls));
  }

  /** Where MediaMTX is; empty if anything is wrong. */
  Optional<MediaMtxConfig> mediamtx() {
    Optional<String> rtsp = from.findOrDefault(ServeSettings.MEDIAMTX_RTSP);
    Optional<String> rtmp = from.findOrDefault(ServeSettings.MEDIAMTX_RTMP);
    Optional<Optional<String>> api = from.findOrDefault(ServeSettings.MEDIAMTX_API);
    return rtsp.isPresent() && rtmp.isPresent() && api.isPresent()
        ? Optional.of(new MediaMtxConfig(rtsp.get(), rtmp.get(), api.get()))
        : Optional.empty();
  }

  /** How workers are run; empty if anything is wrong. */
  Optional<WorkersConfig> workers() {
    Optional<WorkersConfig.Mode> mode = from.findOrDefault(ServeSettings.WORKER_MODE);
    Optional<Integer> max = from.findOrDefault(ServeSettings.MAX_WORKERS);
    Optional<Duration> grace = from.findOrDefault(ServeSettings.GRACE);
    Optional<Path> stateDir = stateDir();
    return mode.isPresent() && max.isPresent() && grace.isPresent() && stateDir.isPresent()
        ? Optional.of(new WorkersConfig(mode.get(), max.get(), grace.get(), stateDir.get()))
        : Optional.empty();
  }

  private Optional<Secret> secret(Setting<Path> setting) {
    Optional<Path> file = from.find(setting);
    try {
      Optional<Secret> secret = file.map(path -> new Secret(SecretFile.read(path)));
      file.ifPresent(path -> warnIfOpen(setting, path));
      return secret;
    } catch (BadValueException e) {
      from.add(setting, String.valueOf(file.orElseThrow()), e.expected());
      return Optional.empty();
    }
  }

  private Optional<HttpConfig.Tls> tls() {
    Optional<Path> certificate = readable(ServeSettings.TLS_CERT);
    Optional<Path> key = readable(ServeSettings.TLS_KEY);
    boolean hasCertificate = from.given(ServeSettings.TLS_CERT).isPresent();
    boolean hasKey = from.given(ServeSettings.TLS_KEY).isPresent();
    if (hasCertificate != hasKey) {
      Setting<Path> missing = hasKey ? ServeSettings.TLS_CERT : ServeSettings.TLS_KEY;
      from.add(missing, "", "a file, as " + (hasKey ? "tls-key" : "tls-cert") + " is given");
    }
    key.ifPresent(path -> warnIfOpen(ServeSettings.TLS_KEY, path));
    return certificate.flatMap(chain -> key.map(secret -> new HttpConfig.Tls(chain, secret)));
  }

  private Optional<Path> readable(Setting<Path> setting) {
    Optional<Path> file = from.find(setting);
    if (file.isPresent() && !(Files.isRegularFile(file.get()) && Files.isReadable(file.get()))) {
      from.add(setting, file.get().toString(), setting.expected());
      return Optional.empty();
    }
    return file;
  }

  private Optional<Path> stateDir() {
    if (from.given(ServeSettings.STATE_DIR).isEmpty()) {
      return Optional.of(defaultStateDir());
    }
    Optional<Path> asked = from.find(ServeSettings.STATE_DIR).map(Path::toAbsolutePath);
    if (asked.isPresent() && !isWritable(asked.get())) {
      from.add(ServeSettings.STATE_DIR, asked.get().toString(), ServeSettings.STATE_DIR.expected());
      return Optional.empty();
    }
    return asked;
  }

  /** Short, because addresses of Unix sockets are. */
  private Path defaultStateDir() {
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9_-]", "");
    Path parent =
        !runtime.isEmpty() && Files.isDirectory(Path.of(runtime))
            ? Path.of(runtime)
            : Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    return parent.toAbsolutePath().resolve("livedub-" + (user.isEmpty() ? "user" : user));
  }

  /** Whether a directory can be used, or made by whoever uses it. */
  private static boolean isWritable(Path directory) {
    if (Files.exists(directory)) {
      return Files.isDirectory(directory) && Files.isWritable(directory);
    }
    Path parent = directory.getParent();
    return parent != null && isWritable(parent);
  }

  private void warnIfOpen(Setting<Path> setting, Path file) {
    if (SecretFile.isOpenToAll(file)) {
      warnings.add(SecretFile.openWarning(setting.key(), file));
    }
  }
}
