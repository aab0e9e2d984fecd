package dev.livedub.bench.leak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process holds at a moment, from Linux's {@code /proc}.
 *
 * @param threads of the kernel, Java's and native ones
 * @param openFiles descriptors
 * @param residentBytes memory, all of it
 * @param nativeBytes of that, what is not the JVM's own compiled code and classes, which grow as it
 *     warms up
 */
public record ProcessSample(long threads, long openFiles, long residentBytes, long nativeBytes) {

  /** The sample of this moment. */
  public static ProcessSample now() {
    try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
      long threads = 0;
      long residentKilobytes = 0;
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("Threads:")) {
          threads = number(line);
        } else if (line.startsWith("VmRSS:")) {
          residentKilobytes = number(line);
        }
      }
      long ownBytes = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed();
      long residentBytes = residentKilobytes * 1024;
      return new ProcessSample(
          threads, descriptors.count(), residentBytes, residentBytes - ownBytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long number(String line) {
    return Long.parseLong(line.replaceAll("\\D", ""));
  }
}
