package dev.livedub.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the figures of a run depend on besides livedub. */
public final class MachineFacts {

  private MachineFacts() {}

  /** One line of text for each. */
  public static List<String> lines() {
    return List.of(
        String.format(
            Locale.ROOT,
            "%s, %d cores, %.0f GiB, Linux %s, %s",
            field("/proc/cpuinfo", "model name"),
            Runtime.getRuntime().availableProcessors(),
            Double.parseDouble(field("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1048576,
            System.getProperty("os.version"),
            field("/etc/os-release", "PRETTY_NAME")),
        String.format(
            Locale.ROOT,
            "JDK %s (%s), %s, GStreamer %s",
            System.getProperty("java.version"),
            System.getProperty("java.vendor"),
            firstLine("ffmpeg", "-version").replaceAll(" Copyright.*", ""),
            firstLine("gst-launch-1.0", "--version").replaceAll("^.*version ", "")),
        String.format(
            Locale.ROOT,
            "%s, load average before the first measurement %.1f",
            LocalDate.now(ZoneOffset.UTC),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
  }

  private static String field(String file, String name) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.replaceFirst("^[^:=]*[:=]\\s*", "").replace("\"", ""))
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String firstLine(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return output.lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
