package dev.livedub.bench.http;

import dev.livedub.bench.Distribution;
import dev.livedub.bench.MachineFacts;
import dev.livedub.bench.MarkdownSection;
import dev.livedub.core.config.ConfigException;
import dev.livedub.orchestrator.api.Streams;
import dev.livedub.orchestrator.config.HttpConfig;
import dev.livedub.orchestrator.http.HttpServer;
import dev.livedub.orchestrator.metrics.Measurements;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sends hooks to the HTTP API at a steady rate, and to a trivial Netty handler in turn, first alone
 * and then while thousands of idle and slow connections are held.
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
    run(Arrays.asList(args), QuickStreams::new);
  }

  /**
   * Measures.
   *
   * @param streams what stands behind the API
   */
  static void run(List<String> words, Supplier<? extends Streams> streams) throws Exception {
    HookRun.Load load =
        new HookRun.Load(
            number(words, "--rate", 1_000),
            number(words, "--streams", 500),
            number(words, "--seconds", 10));
    HookLoad bench =
        new HookLoad(load, number(words, "--rounds", 3), number(words, "--held", 5_000));
    List<String> facts = MachineFacts.lines();
    bench.measure(streams.get());
    String text = bench.text(facts);
    System.out.println(text);
    Optional<String> page = option(words, "--page");
    if (page.isPresent()) {
      MarkdownSection.replace(Path.of(page.get()), "hook-load", text);
    }
    System.exit(bench.lost() == 0 ? 0 : 1);
  }

  private void measure(Streams streams) throws IOException, ConfigException, InterruptedException {
    HttpConfig config =
        new HttpConfig("127.0.0.1", 0, Optional.empty(), Optional.empty(), Optional.empty());
    try (Measurements measurements = new Measurements();
        HttpServer api = HttpServer.start(config, streams, measurements);
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
    List<String> lines = new ArrayList<>(facts);
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
