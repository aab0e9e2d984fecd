package dev.livedub.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.livedub.testkit.measure.PacketList;
import dev.livedub.testkit.net.FreePorts;
import dev.livedub.testkit.thirdparty.Ffmpeg;
import dev.livedub.testkit.thirdparty.NginxRtmp;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * {@code livedub serve} as a process, with its files, its secrets, and an nginx that the dub of one
 * stream is forwarded to. Whatever it started is gone when it is closed.
 *
 * <p><b>Threading:</b> one thread.
 */
final class ServeRig implements AutoCloseable {

  /** For whatever takes seconds on a machine that has time. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  /** From SIGTERM to the end, every worker included. */
  static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  /** The stream whose dub is forwarded. */
  static final String FORWARDED = "demo";

  /** The name of the destination it is forwarded to. */
  static final String ELSEWHERE = "elsewhere";

  /** What all secrets begin with. */
  private static final String SECRET = "S3CRET";

  private static final String STREAM_KEY = SECRET + "-stream-key";
  private static final String TOKEN = SECRET + "-token";
  private static final String KEY = SECRET + "-key";
  private static final String HOOK_SECRET = SECRET + "-hook";
  private static final int GLIMPSE_PICTURES = 25;

  private final Path directory;
  private final Path stateDir;
  private final Path hookSecretFile;
  private final List<String> arguments;
  private final String url;
  private final ServeApi api;
  private final WorkerProcesses workers;
  private final NginxRtmp elsewhere;
  private final List<Livedub> started = new ArrayList<>();
  private List<String> ingestArguments = List.of();

  /** What it needs, with nothing of livedub started yet. */
  ServeRig(Path directory, String... options) throws IOException {
    this.directory = directory;
    stateDir = directory.resolve("state");
    workers = new WorkerProcesses(stateDir);
    String address = "127.0.0.1:" + FreePorts.next();
    url = "http://" + address;
    api = new ServeApi(url, TOKEN);
    hookSecretFile = secret("hook", HOOK_SECRET);
    elsewhere = NginxRtmp.startRecording("there");
    arguments =
        Stream.concat(
                Stream.of(
                    "--config",
                    configuration().toString(),
                    "--http-addr",
                    address,
                    "--token-file",
                    secret("token", TOKEN).toString(),
                    "--hook-secret-file",
                    hookSecretFile.toString(),
                    "--state-dir",
                    stateDir.toString(),
                    "--worker-mode",
                    "process",
                    "--delay",
                    "1s"),
                Stream.of(options))
            .toList();
  }

  /** What hooks must know. */
  Map<String, String> hookEnvironment() {
    return Map.of("LIVEDUB_URL", url, "LIVEDUB_HOOK_SECRET_FILE", hookSecretFile.toString());
  }

  /** Starts {@code livedub serve} and waits until it serves. */
  void start(Ingest ingest) {
    ingestArguments = ingest.arguments();
    startAgain();
    ingest.awaitFound(livedub());
  }

  /** Starts {@code livedub serve} as it was started before, and waits until it serves. */
  void startAgain() {
    List<String> all = Stream.of(arguments, ingestArguments).flatMap(List::stream).toList();
    started.add(Livedub.run("serve", all, Map.of("GEMINI_API_KEY", KEY)));
    livedub().process().awaitLine("\"event\":\"serve_started\"", LIMIT);
  }

  /** Kills {@code livedub serve}, and nothing else. */
  void killServe() {
    WorkerProcesses.kill(livedub().process().pid());
    assertThat(livedub().process().endsWithin(LIMIT)).isTrue();
  }

  /** Sends SIGTERM; the exit code. */
  int stop() {
    livedub().process().terminate();
    return livedub().awaitExit(STOP_LIMIT);
  }

  ServeApi api() {
    return api;
  }

  /** What {@code livedub serve} and its workers logged. */
  String output() {
    return livedub().output();
  }

  /** Fails unless {@code livedub serve} is alive all through {@code duration}. */
  void staysUpFor(Duration duration) {
    livedub().staysAliveFor(duration);
  }

  /** The workers' processes that are there, by task. */
  Map<String, List<Long>> workers() {
    return workers.byTask();
  }

  /** Waits until a stream is in a state; the stream then. */
  JsonNode awaitState(String streamId, String state) {
    return await(streamId, state, view -> view.path("state").asText().equals(state));
  }

  /** Waits until something holds of a stream; the stream then. */
  JsonNode await(String streamId, String what, Predicate<JsonNode> condition) {
    AtomicReference<JsonNode> last = new AtomicReference<>(MissingNode.getInstance());
    awaitThat(
        streamId + " " + what,
        () -> {
          last.set(api.stream(streamId).orElse(MissingNode.getInstance()));
          return condition.test(last.get());
        },
        last);
    return Objects.requireNonNull(last.get());
  }

  /** Waits until the destination elsewhere of a stream is in a state. */
  void awaitElsewhere(String streamId, String state) {
    await(
        streamId,
        "elsewhere " + state,
        view -> view.path("egress").path(0).path("state").asText().equals(state));
  }

  /** Waits until a stream is idle, and nothing of a worker is left; it may be forgotten by then. */
  void awaitEnd(String streamId) {
    await(
        streamId,
        "IDLE",
        view -> view.isMissingNode() || view.path("state").asText().equals("IDLE"));
    awaitWorkers(List.of());
    assertThat(isLeaseFree(streamId)).isTrue();
  }

  /** Waits until these tasks have workers' processes, and no others. */
  void awaitWorkers(List<String> tasks) {
    livedub()
        .process()
        .awaitReady(
            "workers for " + tasks, LIMIT, () -> workers().keySet().equals(Set.copyOf(tasks)));
  }

  /** Waits until a second of picture and sound come from {@code playUrl}. */
  void awaitPlays(String playUrl) {
    long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
    while (!plays(playUrl)) {
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new AssertionError("nothing to be seen and heard at " + playUrl + "\n" + output());
      }
    }
  }

  /** What came to the destination elsewhere; to be asked for when everything has ended. */
  Recording recordingElsewhere() {
    return new Recording(elsewhere.recording(STREAM_KEY));
  }

  /** Fails if anything that others can see shows a secret while a stream is on air. */
  void showsNoSecret(String streamId) {
    String metrics = api.text("/metrics");
    assertThat(metrics).contains("egress_forwarding", "worker_bytes_total");
    String view = api.text("/v1/streams/" + streamId);
    assertThat(view).contains("/there/***");
    List<Long> processes =
        Stream.concat(
                workers().values().stream().flatMap(List::stream),
                Stream.of(livedub().process().pid()))
            .toList();
    assertThat(processes).as("serve, worker, forwarder").hasSize(3);
    List<String> commandLines =
        processes.stream().map(pid -> String.join(" ", WorkerProcesses.commandLine(pid))).toList();
    assertThat(commandLines).noneMatch(String::isBlank);
    assertThat(output()).contains("/there/***");
    assertThat(environments(streamId + ".dub")).allMatch(text -> text.contains(KEY));
    assertThat(environments(streamId + ".egress." + ELSEWHERE))
        .as("a forwarder needs no key")
        .noneMatch(text -> text.contains(KEY));
    assertThat(Stream.concat(Stream.of(metrics, view, output()), commandLines.stream()))
        .noneMatch(text -> text.contains(SECRET));
  }

  /** Prints how long something took, and how busy the machine is. */
  static void tell(String what, long sinceNanos) {
    System.out.printf(
        "%s: %.1f s (load %.1f)%n",
        what,
        (System.nanoTime() - sinceNanos) / 1e9,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  @Override
  public void close() {
    started.forEach(livedub -> WorkerProcesses.kill(livedub.process().pid()));
    workers.kill();
    started.forEach(Livedub::close);
    elsewhere.close();
  }

  private Livedub livedub() {
    return started.get(started.size() - 1);
  }

  private void awaitThat(String what, BooleanSupplier condition, AtomicReference<JsonNode> last) {
    try {
      livedub().process().awaitReady(what, LIMIT, condition);
    } catch (IllegalStateException e) {
      throw new AssertionError(what + " is not: " + last.get() + "\n" + e.getMessage(), e);
    }
  }

  private boolean plays(String playUrl) {
    Path file = directory.resolve("glimpse.flv");
    List<String> arguments =
        Stream.of(
                // Where it comes in mid-group, the first picture is up to two seconds away.
                List.of("-analyzeduration", "3000000", "-i", playUrl, "-c", "copy"),
                List.of("-frames:v", Integer.toString(GLIMPSE_PICTURES), file.toString()))
            .flatMap(List::stream)
            .toList();
    try (Ffmpeg player = Ffmpeg.start("player", arguments)) {
      if (player.process().awaitExit(LIMIT.dividedBy(4)) != 0) {
        return false;
      }
    } catch (IllegalStateException e) {
      return false;
    }
    PacketList packets = PacketList.read(file);
    return packets.pictures().size() >= GLIMPSE_PICTURES
        && packets.sounds().size() >= GLIMPSE_PICTURES;
  }

  /** The environments of a task's processes. */
  private List<String> environments(String task) {
    List<String> environments = new ArrayList<>();
    for (long pid : workers().getOrDefault(task, List.of())) {
      try {
        environments.add(Files.readString(Path.of("/proc", String.valueOf(pid), "environ")));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    assertThat(environments).as(task).isNotEmpty();
    return environments;
  }

  private boolean isLeaseFree(String streamId) {
    Path lease = stateDir.resolve(streamId + ".dub.lease");
    assertThat(lease).exists();
    try (FileChannel file = FileChannel.open(lease, StandardOpenOption.WRITE);
        FileLock lock = file.tryLock()) {
      return lock != null;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path configuration() throws IOException {
    Path destination = secret("destination", elsewhere.url(STREAM_KEY));
    return Files.writeString(
        directory.resolve("livedub.yaml"),
        String.join(
            "\n",
            "streams:",
            "  - match: " + FORWARDED,
            "    egress:",
            "      - name: " + ELSEWHERE,
            "        url-file: " + destination,
            ""));
  }

  private Path secret(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.writeString(file, text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
