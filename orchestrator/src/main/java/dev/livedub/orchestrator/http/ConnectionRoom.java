package dev.livedub.orchestrator.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many connections the operating system's limit on open files leaves room for. */
final class ConnectionRoom {

  /** The other half is for workers, egress and files. */
  private static final int SHARE = 2;

  private static final int LEAST = 64;

  private ConnectionRoom() {}

  /** As many as are wanted, or half of the files that may be open. */
  static int upTo(int wanted) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      long files = system.getMaxFileDescriptorCount();
      return files > 0 ? (int) Math.max(LEAST, Math.min(wanted, files / SHARE)) : wanted;
    }
    return wanted;
  }
}
