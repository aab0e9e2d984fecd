package dev.livedub.bench.faults;

import java.util.List;

/**
 * What became of one fault.
 *
 * @param fault what was done
 * @param proof what shows that it was done, from the peer that did it
 * @param noticedMillis fault to its being noticed; NaN where there is nothing to notice
 * @param recoveredMillis the peer's return, or the fault itself where it is momentary, to the next
 *     picture at the destination; 0 if pictures never ceased
 * @param publications connections the destination saw
 * @param avOffsetMillis greatest offset of sound against picture after the recovery, by flash and
 *     beep
 * @param endsByItself whether the dub ended because of the fault, as it should
 * @param complaints what is wrong with the output; empty if nothing is
 */
public record FaultResult(
    Fault fault,
    String proof,
    double noticedMillis,
    double recoveredMillis,
    int publications,
    double avOffsetMillis,
    boolean endsByItself,
    List<String> complaints) {

  /** A row of the table. */
  public String toRow() {
    return String.format(
        "| %s | %s | %s | %s | %d | %s | %s |",
        fault.title(),
        proof,
        millis(noticedMillis),
        millis(recoveredMillis),
        publications,
        Double.isNaN(avOffsetMillis) ? "–" : String.format("%+.1f ms", avOffsetMillis),
        complaints.isEmpty() ? "yes" : String.join("; ", complaints));
  }

  /** The table's head. */
  public static String head() {
    return "| fault | proof that it happened | noticed after | on air again after | connections |"
        + " A/V offset afterwards | one gapless timeline |\n|---|---|---|---|---|---|---|";
  }

  private static String millis(double value) {
    return Double.isNaN(value) ? "–" : String.format("%.1f s", value / 1000);
  }
}
