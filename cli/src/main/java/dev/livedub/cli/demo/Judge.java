package dev.livedub.cli.demo;

import dev.livedub.cli.demo.Finding.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures a {@link Take} and holds it to what livedub promises. */
final class Judge {

  private final Take take;
  private final List<Reel> reels;

  /** Looks at everything that came out and listens to it. */
  Judge(Take take) {
    this.take = take;
    reels = take.dubbed().stream().map(file -> Reel.of(file, take.published())).toList();
  }

  /** Everything measured, in the order of the table. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(new MediaFindings(take, reels).all());
    findings.addAll(new SpeechFindings(take, reels).all());
    findings.addAll(new FaultFindings(take, reels).all());
    findings.add(
        Finding.told(
            "start to first picture, delay left out",
            format("%.1f s", take.startUp().toMillis() / 1e3)));
    if (take.workerCores() > 0) {
      findings.add(
          Finding.told(
              "CPU of the worker", format("%.0f %% of one core", 100 * take.workerCores())));
    }
    if (!take.ended().isEmpty()) {
      findings.add(
          Finding.judged("end of the worker", take.ended(), "clean", take.ended().equals("clean")));
    }
    return findings;
  }

  /** Where the dub of each utterance lies, one line. */
  String lags() {
    return new SpeechFindings(take, reels).lags();
  }

  /** Draws source, dub and mix. */
  void draw(Path png) throws IOException {
    Gallery.draw(take, reels.get(0), png);
  }

  static boolean holds(List<Finding> findings) {
    return findings.stream().noneMatch(finding -> finding.verdict() == Verdict.FAIL);
  }

  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
