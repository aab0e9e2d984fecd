package dev.livedub.bench.gemini;

import dev.livedub.bench.Distribution;
import dev.livedub.bench.leak.ProcessSample;
import dev.livedub.core.worker.Meter;
import dev.livedub.testkit.gemini.record.SimRecord;
import dev.livedub.testkit.gemini.voice.MarkedSource;
import dev.livedub.testkit.measure.DubReport;
import dev.livedub.testkit.measure.MarkedEar;
import dev.livedub.testkit.measure.PacketList;
import dev.livedub.testkit.measure.SoundGaps;
import dev.livedub.testkit.rtmp.RtmpPublication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What came of a long run.
 *
 * @param rows of the table: what, measured, bound
 * @param complaints bounds that do not hold
 */
record SoakReport(List<Row> rows, List<String> complaints) {

  /** One figure. */
  record Row(String what, String measured, String bound) {}

  private static final double AV_MILLIS = 20;
  private static final double LAG_MEDIAN_MILLIS = 300;
  private static final double LAG_P95_MILLIS = 1_000;
  private static final long GROWN_BYTES = 32L << 20;
  private static final long MORE_THREADS = 4;
  private static final int SAMPLE_RATE_HZ = 48_000;

  SoakReport {
    rows = List.copyOf(rows);
    complaints = List.copyOf(complaints);
  }

  /**
   * Looks at everything that a run left.
   *
   * @param atOnce how many dubs shared the process, and what it takes
   */
  static SoakReport of(
      GeminiRig.Plan plan,
      List<RtmpPublication> publications,
      MeterTally meters,
      SimRecord record,
      ProcessSample warm,
      ProcessSample end,
      int atOnce) {
    Table table = new Table();
    table.row(
        "connections to the destination", publications.size() + "", "1", publications.size() == 1);
    Path recording = publications.get(0).dump().orElseThrow();
    SoundGaps gaps = SoundGaps.of(PacketList.read(recording));
    table.row("AAC frames on air", gaps.frames() + "", "", true);
    table.row("missing output samples", gaps.holeSamples() + "", "0", gaps.isGapless());
    MarkedEar.Heard heard = MarkedEar.listen(recording);
    long endMicros = gaps.frames() * 1_024L * 1_000_000 / SAMPLE_RATE_HZ;
    MarkedSource speaker = plan.clip().speaker();
    long latestMicros = plan.delay().most().toMillis() * 1_000;
    speech(table, DubReport.of(speaker, heard, endMicros - latestMicros));
    rotations(table, meters, record);
    picture(table, FlashCheck.offsetsMillis(recording, heard.source()));
    table.row("slots by status", meters.words(Meter.AUDIO_FRAGMENTS), "", true);
    table.row("fallback slots by reason", meters.words(Meter.FALLBACK), "", true);
    process(table, warm, end, atOnce);
    table.row("cost", String.format("$%.3f", meters.sum(Meter.TRANSLATOR_COST, "")), "", true);
    return new SoakReport(table.rows, table.complaints);
  }

  /** The same with one more. */
  SoakReport withComplaint(String complaint) {
    List<String> more = new ArrayList<>(complaints);
    more.add(complaint);
    return new SoakReport(rows, more);
  }

  /** What does not hold, in words. */
  String verdict() {
    return complaints.isEmpty()
        ? "every bound holds"
        : "not held: " + String.join("; ", complaints);
  }

  private static void speech(Table table, DubReport report) {
    table.row(
        "syllables spoken, from the first that was translated", report.spoken() + "", "", true);
    table.row("syllables untranslated", list(report.missing()), "0", report.missing().isEmpty());
    table.row("syllables repeated", list(report.repeated()), "0", report.repeated().isEmpty());
    table.row("syllables out of order", report.disordered() + "", "0", report.disordered() == 0);
    table.row("syllables with a pause within", report.broken() + "", "0", report.broken() == 0);
    lag(table, report, 0.5, LAG_MEDIAN_MILLIS);
    lag(table, report, 0.95, LAG_P95_MILLIS);
  }

  private static void lag(Table table, DubReport report, double fraction, double boundMillis) {
    double millis = report.lags().isEmpty() ? Double.NaN : report.lagMillis(fraction);
    table.row(
        String.format("dub lag, early or late, p%.0f", 100 * fraction),
        String.format("%.0f ms", millis),
        String.format("%.0f ms", boundMillis),
        millis <= boundMillis);
  }

  private static String list(List<Integer> numbers) {
    return numbers.isEmpty()
        ? "0"
        : numbers.size() + ": " + numbers.subList(0, Math.min(20, numbers.size()));
  }

  private static void rotations(Table table, MeterTally meters, SimRecord record) {
    table.row("rotations by cause", meters.words(Meter.SESSION_ROTATIONS), "planned only", true);
    double[] holes = meters.values(Meter.SESSION_HOLE);
    table.row(
        "holes at rotations, ms",
        Arrays.toString(holes),
        "0",
        Arrays.stream(holes).allMatch(hole -> hole == 0));
    double[] repeated = meters.values(Meter.SESSION_REPEATED);
    table.row(
        "repeated at rotations, ms",
        Arrays.toString(repeated),
        "0",
        Arrays.stream(repeated).allMatch(each -> each == 0));
    table.row("connections to the service", record.connections() + "", "", true);
    table.row("at once, most", record.mostLive() + "", "2", record.mostLive() <= 2);
    table.row(
        "the client's faults as the simulator records them",
        record.isClean() ? "none" : record.faultCounts() + " " + first(record),
        "none",
        record.isClean());
  }

  private static String first(SimRecord record) {
    return record.faults().isEmpty() ? "" : "first: " + record.faults().get(0).detail();
  }

  private static void picture(Table table, double[] offsets) {
    if (offsets.length == 0) {
      table.row(
          "A/V offset, syllable minus flash: 1 %, 50 %, 99 %", "not measured", "±20 ms", false);
      return;
    }
    Distribution distribution = new Distribution(offsets);
    double early = distribution.quantile(0.01);
    double late = distribution.quantile(0.99);
    table.row(
        "A/V offset, syllable minus flash: 1 %, 50 %, 99 %",
        String.format(
            "%+.1f, %+.1f, %+.1f ms of %d",
            early, distribution.quantile(0.5), late, distribution.count()),
        "±20 ms",
        early >= -AV_MILLIS && late <= AV_MILLIS);
  }

  private static void process(Table table, ProcessSample warm, ProcessSample end, int atOnce) {
    table.row(
        "resident memory after 5 min, at the end",
        (warm.residentBytes() >> 20) + " MiB, " + (end.residentBytes() >> 20) + " MiB",
        "grows by at most 32 MiB a dub",
        end.residentBytes() - warm.residentBytes() <= GROWN_BYTES * atOnce);
    table.row(
        "threads after 5 min, at the end",
        warm.threads() + ", " + end.threads(),
        "4 more at most",
        end.threads() - warm.threads() <= MORE_THREADS);
    table.row(
        "descriptors after 5 min, at the end",
        warm.openFiles() + ", " + end.openFiles(),
        "4 more at most",
        end.openFiles() - warm.openFiles() <= MORE_THREADS);
  }

  private static final class Table {
    private final List<Row> rows = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    void row(String what, String measured, String bound, boolean holds) {
      rows.add(new Row(what, measured, bound));
      if (!holds) {
        complaints.add(what + " (" + measured + ")");
      }
    }
  }
}
