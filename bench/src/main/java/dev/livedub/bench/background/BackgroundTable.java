package dev.livedub.bench.background;

import dev.livedub.bench.Distribution;
import dev.livedub.bench.MarkdownSection;
import dev.livedub.bench.background.Programme.Layout;
import dev.livedub.testkit.measure.Separation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Takes the voice out of recorded speech over recorded music and crowds, and ducks the same, and
 * prints both.
 *
 * <p>Options: {@code --seconds N} of each programme (20), {@code --page FILE} with a section {@code
 * background} to write the table to. Ends with 1 if a bound does not hold.
 */
public final class BackgroundTable {

  private static final int[] BELOW_DB = {6, 12, 18};

  /** Bound for every programme over music. */
  static final double LEAST_ATTENUATION_DB = 12;

  /** Bounds on the means of a row: of what is in the middle of a stereo programme over music. */
  static final double LEAST_GAIN_DB = 6;

  static final double MOST_CHANGE_DB = 1;

  /** A quarter of a core. */
  static final double MOST_CPU_MILLIS = 250;

  private static final String HEADER =
      "| voice | background below it, dB | voice attenuated, dB: mean, least"
          + " | background's SI-SDR, dB: separated | ducked | gain: mean, least"
          + " | background while somebody speaks, dB | while nobody does, dB"
          + " | ducked at times: of so many programmes |%n"
          + "|---|---|---|---|---|---|---|---|---|%n";

  private BackgroundTable() {}

  /** One programme, measured. */
  private record Result(
      Separation separated, double duckedSiSdrDb, double quietDb, boolean gaveUp) {}

  public static void main(String[] args) throws IOException {
    List<String> words = Arrays.asList(args);
    int seconds = words.contains("--seconds") ? Integer.parseInt(after(words, "--seconds")) : 20;
    List<Recording> speeches = Sources.speeches(seconds);
    List<Recording> music = Sources.music(seconds);
    List<Recording> crowds = Sources.crowds(seconds);
    StringBuilder table = new StringBuilder();
    table.append(String.format(Locale.ROOT, HEADER));
    boolean holds = true;
    List<Double> cpu = new ArrayList<>();
    List<Double> duckCpu = new ArrayList<>();
    for (List<Recording> backgrounds : List.of(music, crowds)) {
      for (Layout layout : Layout.values()) {
        for (int below : BELOW_DB) {
          List<Result> results = measure(speeches, backgrounds, layout, below, cpu, duckCpu);
          String over = backgrounds.equals(music) ? "music" : "crowd";
          String row = row(layout.title() + " over " + over, below, results);
          System.out.println(row);
          table.append(row).append('\n');
          holds &= backgrounds.equals(crowds) || holds(layout, results);
        }
      }
    }
    SwitchedSound switched = switched();
    holds &= switched.holds();
    double cpuMillis = median(cpu);
    holds &= cpuMillis <= MOST_CPU_MILLIS;
    String text =
        introduction(seconds, speeches, concatenated(music, crowds))
            + table
            + String.format(
                Locale.ROOT,
                "%nCPU per second of sound, median: %.1f ms separated, %.2f ms ducked.%n",
                cpuMillis,
                median(duckCpu))
            + "\n"
            + switched.words();
    System.out.println(text);
    if (words.contains("--page")) {
      MarkdownSection.replace(Path.of(after(words, "--page")), "background", text);
    }
    System.exit(holds ? 0 : 1);
  }

  private static SwitchedSound switched() throws IOException {
    Path directory = Files.createTempDirectory("livedub-background");
    try {
      int seconds = SwitchedSound.SECONDS;
      return SwitchedSound.of(directory, Sources.frenchWoman(seconds), Sources.danceMusic(seconds));
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }

  private static String after(List<String> words, String name) {
    return words.get(words.indexOf(name) + 1);
  }

  private static String introduction(
      int seconds, List<Recording> speeches, List<Recording> backgrounds) {
    List<String> voices = speeches.stream().map(Recording::title).toList();
    List<String> wide =
        backgrounds.stream()
            .map(each -> String.format(Locale.ROOT, "%s (%.0f)", each.title(), each.widthDb()))
            .toList();
    return "Written by `bench/background`: %d s of each voice (%s) over each background (%s; in brackets the sides' level against the centre's, dB).%n%n"
        .formatted(seconds, String.join(", ", voices), String.join(", ", wide));
  }

  private static List<Result> measure(
      List<Recording> speeches,
      List<Recording> backgrounds,
      Layout layout,
      int below,
      List<Double> cpu,
      List<Double> duckCpu) {
    List<Result> results = new ArrayList<>();
    for (Recording speech : speeches) {
      for (Recording background : backgrounds) {
        results.add(measure(Programme.of(speech, background, layout, below), cpu, duckCpu));
      }
    }
    return results;
  }

  private static List<Recording> concatenated(List<Recording> first, List<Recording> second) {
    List<Recording> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }

  private static Result measure(Programme programme, List<Double> cpu, List<Double> duckCpu) {
    short[] mixed = programme.mixed();
    DubbedBackground separated = DubbedBackground.separated(mixed, true);
    DubbedBackground ducked = DubbedBackground.ducked(mixed, true);
    cpu.add(separated.cpuMillisPerSecond());
    duckCpu.add(ducked.cpuMillisPerSecond());
    Programme silent = programme.silenced();
    DubbedBackground quiet = DubbedBackground.separated(silent.mixed(), false);
    return new Result(
        separation(separated.stereo(), programme),
        Separation.siSdrDb(ducked.stereo(), cut(programme.background(), ducked.stereo().length)),
        10
            * Math.log10(
                power(quiet.stereo()) / power(cut(programme.background(), quiet.stereo().length))),
        !separated.separated() || !quiet.separated());
  }

  /** Both channels one after the other, so that they are measured as one signal. */
  private static Separation separation(float[] outcome, Programme programme) {
    return Separation.of(
        apart(outcome),
        apart(cut(programme.voice(), outcome.length)),
        apart(cut(programme.background(), outcome.length)));
  }

  private static float[] apart(float[] stereo) {
    int frames = stereo.length / 2;
    float[] apart = new float[stereo.length];
    for (int i = 0; i < frames; i++) {
      apart[i] = stereo[2 * i];
      apart[frames + i] = stereo[2 * i + 1];
    }
    return apart;
  }

  private static float[] cut(float[] samples, int length) {
    return Arrays.copyOf(samples, length);
  }

  private static double power(float[] samples) {
    double sum = 0;
    for (float sample : samples) {
      sum += (double) sample * sample;
    }
    return sum;
  }

  private static boolean holds(Layout layout, List<Result> results) {
    double attenuation = least(results.stream().map(BackgroundTable::attenuation).toList());
    double gain = mean(results.stream().map(BackgroundTable::gain).toList());
    double quiet = mean(kept(results).stream().map(Result::quietDb).toList());
    boolean isKept = gain >= LEAST_GAIN_DB && Math.abs(quiet) <= MOST_CHANGE_DB;
    return attenuation >= LEAST_ATTENUATION_DB && (layout != Layout.CENTRED || isKept);
  }

  private static double attenuation(Result result) {
    return result.separated().voiceAttenuationDb();
  }

  private static double gain(Result result) {
    return result.separated().siSdrDb() - result.duckedSiSdrDb();
  }

  private static String row(String what, int below, List<Result> results) {
    List<Double> attenuation = results.stream().map(BackgroundTable::attenuation).toList();
    List<Double> gain = results.stream().map(BackgroundTable::gain).toList();
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.1f, %.1f | %.1f | %.1f | %.1f, %.1f | %.1f | %s | %d of %d |",
        what,
        below,
        mean(attenuation),
        least(attenuation),
        mean(results.stream().map(each -> each.separated().siSdrDb()).toList()),
        mean(results.stream().map(Result::duckedSiSdrDb).toList()),
        mean(gain),
        least(gain),
        mean(results.stream().map(each -> each.separated().backgroundChangeDb()).toList()),
        quiet(kept(results)),
        results.size() - kept(results).size(),
        results.size());
  }

  private static String quiet(List<Result> kept) {
    double quietDb = mean(kept.stream().map(Result::quietDb).toList());
    return Double.isNaN(quietDb) ? "ducked" : String.format(Locale.ROOT, "%.1f", quietDb);
  }

  /** Programmes that were separated all the time, with and without speech. */
  private static List<Result> kept(List<Result> results) {
    return results.stream().filter(each -> !each.gaveUp()).toList();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(each -> each).average().orElse(Double.NaN);
  }

  private static double least(List<Double> values) {
    return values.stream().mapToDouble(each -> each).min().orElseThrow();
  }

  private static double median(List<Double> values) {
    return new Distribution(values.stream().mapToDouble(each -> each).toArray()).quantile(0.5);
  }
}
