package dev.livedub.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process of this machine has used up to now, as Linux counts it.
 *
 * @param cpuSeconds user and system time of all its threads
 * @param residentBytes physical memory it holds
 */
record ProcessUsage(double cpuSeconds, long residentBytes) {

  // sysconf(_SC_CLK_TCK), which Linux has fixed at 100 for every program it runs.
  private static final double TICKS_PER_SECOND = 100;
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  /** Reads {@code /proc} for {@code pid}, which must be alive. */
  static ProcessUsage of(long pid) {
    String stat = read(pid, "stat");
    // The command's name is in parentheses and may hold blanks; fields count from after it.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    double ticks =
        Double.parseDouble(fields[USER_TICKS]) + Double.parseDouble(fields[SYSTEM_TICKS]);
    String resident =
        read(pid, "status")
            .lines()
            .filter(line -> line.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("process " + pid + " has ended"));
    long residentKib = Long.parseLong(resident.replaceAll("\\D", ""));
    return new ProcessUsage(ticks / TICKS_PER_SECOND, residentKib * 1024);
  }

  /** The sum of two. */
  ProcessUsage plus(ProcessUsage other) {
    return new ProcessUsage(
        cpuSeconds + other.cpuSeconds, Math.addExact(residentBytes, other.residentBytes));
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new UncheckedIOException("process " + pid + " cannot be read", e);
    }
  }
}
