package dev.livedub.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Lets every {@link Fault} happen to a dub and prints what came of it as a table.
 *
 * <p>Arguments: names of faults; none means all.
 */
public final class FaultTable {

  private FaultTable() {}

  /** Lets one fault happen, with no playout delay so that nothing hides it. */
  public static FaultResult run(Fault fault) throws IOException {
    Path dumps = Files.createTempDirectory("livedub-faults");
    try {
      return FaultRun.of(fault, Duration.ZERO, dumps);
    } finally {
      try (var files = Files.walk(dumps)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  public static void main(String[] args) throws IOException {
    List<Fault> faults =
        args.length == 0
            ? List.of(Fault.values())
            : Arrays.stream(args).map(Fault::valueOf).toList();
    System.out.println(FaultResult.head());
    for (Fault fault : faults) {
      try {
        System.out.println(run(fault).toRow());
      } catch (IllegalStateException e) {
        System.out.println("| " + fault.title() + " | FAILED: " + e.getMessage() + " |");
      }
    }
  }
}
