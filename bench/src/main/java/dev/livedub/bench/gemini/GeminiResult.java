package dev.livedub.bench.gemini;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What became of one fault.
 *
 * @param title what was done
 * @param proof what shows it, from the simulator's record
 * @param onAir what was heard
 * @param missingSamples of the output
 * @param originalBackSeconds from the fault to the original's being heard at full level; empty if
 *     translation was never missing
 * @param slots by status
 * @param reasons fallback slots by reason
 * @param dubBackSeconds from the fault to translation's being heard again; empty if it was never
 *     away, or stayed away
 * @param log the worst event and its line
 * @param connections attempts that the simulator counted
 * @param clientFaults as the simulator records them
 * @param complaints what is not as it must be
 */
record GeminiResult(
    String title,
    String proof,
    String onAir,
    long missingSamples,
    OptionalDouble originalBackSeconds,
    String slots,
    String reasons,
    OptionalDouble dubBackSeconds,
    String log,
    long connections,
    String clientFaults,
    List<String> complaints) {

  GeminiResult {
    complaints = List.copyOf(complaints);
  }

  /** A row of the table. */
  String toRow() {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %d | %s | %s | %s | %s | %s | %d | %s | %s |",
        title,
        proof,
        onAir,
        missingSamples,
        seconds(originalBackSeconds),
        slots,
        reasons,
        seconds(dubBackSeconds),
        log.replace("|", "\\|"),
        connections,
        clientFaults,
        complaints.isEmpty() ? "yes" : String.join("; ", complaints).replace("|", "\\|"));
  }

  /** The table's head. */
  static String head() {
    return "| fault | proof that it happened | on air | missing output samples | original back"
        + " after | slots | fallback by reason | dub again after | worst line of the log |"
        + " connections | client's faults | as it must be |\n"
        + "|---|---|---|---|---|---|---|---|---|---|---|---|";
  }

  private static String seconds(OptionalDouble seconds) {
    return seconds.isPresent() ? String.format(Locale.ROOT, "%.1f s", seconds.getAsDouble()) : "–";
  }
}
