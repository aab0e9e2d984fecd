package dev.livedub.bench.http;

import dev.livedub.bench.Distribution;
import dev.livedub.bench.MachineFacts;
import dev.livedub.bench.MarkdownSection;
import dev.livedub.cli.config.LogFormat;
import dev.livedub.cli.log.LogIdentity;
import dev.livedub.cli.log.Logging;
import dev.livedub.cli.serve.ServeOptions;
import dev.livedub.core.config.ConfigException;
import dev.livedub.core.config.GeminiAccess;
import dev.livedub.core.config.SettingLayer;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.core.time.Ticker;
import dev.livedub.orchestrator.api.Streams;
import dev.livedub.orchestrator.config.HttpConfig;
import dev.livedub.orchestrator.config.ServeConfig;
import dev.livedub.orchestrator.egress.EgressSupervisor;
import dev.livedub.orchestrator.http.HttpServer;
import dev.livedub.orchestrator.lifecycle.LifecycleSettings;
import dev.livedub.orchestrator.lifecycle.StreamRegistry;
import dev.livedub.orchestrator.lifecycle.StreamServices;
import dev.livedub.orchestrator.mediamtx.MediaMtxPaths;
import dev.livedub.orchestrator.metrics.Measurements;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Sends hooks to the HTTP API at a steady rate, and to a trivial Netty handler in turn, first alone
 * and then while thousands of idle and slow connections are held. Behind the API is everything that
 * is behind it in {@code livedub serve}, its log too, but for the workers.
 *
 * <p>Options: {@code --rate N} hooks a second (1000), {@code --streams N} (500), {@code --seconds
 * N} a measurement (10), {@code --held N} connections (5000), {@code --rounds N} (3), {@code --page
 * FILE} with a section {@code hook-load} to write the table to. Ends with 1 if a hook was lost.
 */
public final class HookLoad {

  private static final int WARM_UP_SECONDS = 3;

  /**
   * What one server did in one round.
   *
   * @param held connections that were open at the end
   */
  private record Row(String server, int held, int round, HookRun.Result result) {}

  private final HookRun.Load load;
  private final int rounds;
  private final int held;
  private final List<Row> rows = new ArrayList<>();

  private HookLoad(HookRun.Load load, int rounds, int held) {
    this.load = load;
    this.rounds = rounds;
    this.held = held;
  }

  public static void main(String[] args) throws Exception {
    List<String> words = Arrays.asList(args);
    HookRun.Load load =
        new HookRun.Load(
            number(words, "--rate", 1_000),
            number(words, "--streams", 500),
            number(words, "--seconds", 10));
    HookLoad bench =
        new HookLoad(load, number(words, "--rounds", 3), number(words, "--held", 5_000));
    List<String> facts = MachineFacts.lines();
    try (Logging logging =
        Logging.start(
            LogFormat.JSON, LogIdentity.ofService(), OutputStream.nullOutputStream(), false)) {
      bench.measure();
    }
    String text = bench.text(facts);
    System.out.println(text);
    Optional<String> page = option(words, "--page");
    if (page.isPresent()) {
      MarkdownSection.replace(Path.of(page.get()), "hook-load", text);
    }
    System.exit(bench.lost() == 0 ? 0 : 1);
  }

  private void measure() throws IOException, ConfigException, InterruptedException {
    try (Measurements measurements = new Measurements();
        QuickHost host = new QuickHost();
        EgressSupervisor egress =
            new EgressSupervisor(host, measurements::forEgress, new SecureRandom());
        StreamRegistry registry = registry(measurements, host, egress)) {
      registry.begin(List.of());
      measure(registry, measurements);
    }
  }

  private static StreamRegistry registry(
      Measurements measurements, QuickHost host, EgressSupervisor egress) throws ConfigException {
    ServeConfig config =
        ServeOptions.resolve(
                SettingLayer.EMPTY, Map.of(), List.of(TranslatorKind.values()), GeminiAccess.NONE)
            .config();
    StreamServices services =
        new StreamServices(
            host,
            config.plans(),
            new MediaMtxPaths(config.mediamtx()),
            egress,
            measurements::forStream,
            measurements::removeStream,
            measurements.forOrchestrator(),
            LifecycleSettings.withGrace(config.workers().grace()),
            Clock.systemUTC(),
            Ticker.SYSTEM);
    return new StreamRegistry(services, 0, new SecureRandom());
  }

  private void measure(Streams streams, Measurements measurements)
      throws IOException, ConfigException, InterruptedException {
    HttpConfig config =
        new HttpConfig("127.0.0.1", 0, Optional.empty(), Optional.empty(), Optional.empty());
    try (HttpServer api = HttpServer.start(config, streams, measurements);
        TrivialServer trivial = new TrivialServer()) {
      HookRun.Load warmUp = new HookRun.Load(load.perSecond(), load.streams(), WARM_UP_SECONDS);
      HookRun.send(api.port(), warmUp);
      HookRun.send(trivial.port(), warmUp);
      for (int round = 1; round <= rounds; round++) {
        for (int connections : new int[] {0, held}) {
          measure("trivial Netty handler", trivial.port(), connections, round);
          measure("livedub", api.port(), connections, round);
        }
      }
    }
  }

  private void measure(String server, int port, int connections, int round)
      throws IOException, InterruptedException {
    try (HeldConnections holding = new HeldConnections(port, connections)) {
      HookRun.Result result = HookRun.send(port, load);
      Row row = new Row(server, holding.open(), round, result);
      rows.add(row);
      System.out.println(line(row) + " reopened " + holding.reopened());
    }
  }

  private int lost() {
    return rows.stream().mapToInt(row -> row.result().failed()).sum();
  }

  private String text(List<String> facts) {
    List<String> lines = new ArrayList<>();
    facts.forEach(fact -> lines.add("- " + fact));
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "%d hooks a second over %d streams for %d s, each on a new connection; times in ms from"
                + " when a hook was due to the end of its answer.",
            load.perSecond(),
            load.streams(),
            load.seconds()));
    lines.add("");
    lines.add("| server | held | round | answered | lost | p50 | p99 | max |");
    lines.add("|---|---|---|---|---|---|---|---|");
    rows.forEach(row -> lines.add(line(row)));
    return String.join("\n", lines) + "\n";
  }

  private static String line(Row row) {
    Distribution millis = row.result().answerMillis();
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %d | %d | %.2f | %.2f | %.2f |",
        row.server(),
        row.held(),
        row.round(),
        millis.count(),
        row.result().failed(),
        millis.quantile(0.5),
        millis.quantile(0.99),
        millis.max());
  }

  private static int number(List<String> words, String name, int otherwise) {
    return option(words, name).map(Integer::parseInt).orElse(otherwise);
  }

  private static Optional<String> option(List<String> words, String name) {
    int at = words.indexOf(name);
    return at < 0 || at + 1 == words.size() ? Optional.empty() : Optional.of(words.get(at + 1));
  }
}
