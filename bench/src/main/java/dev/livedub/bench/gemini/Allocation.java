package dev.livedub.bench.gemini;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Map;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * How much this JVM allocates, threads that come and go included: what every collection found, less
 * what the one before left.
 *
 * <p><b>Threading:</b> any thread.
 */
final class Allocation {

  private long countedBytes;
  private long leftBytes = heapBytes();

  Allocation() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener(
              (notification, none) ->
                  collected(
                      GarbageCollectionNotificationInfo.from(
                          (CompositeData) notification.getUserData())),
              each ->
                  each.getType()
                      .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION),
              null);
    }
  }

  /** Bytes allocated since this was made. */
  synchronized long bytes() {
    return countedBytes + heapBytes() - leftBytes;
  }

  private synchronized void collected(GarbageCollectionNotificationInfo info) {
    long beforeBytes = sum(info.getGcInfo().getMemoryUsageBeforeGc());
    countedBytes += beforeBytes - leftBytes;
    leftBytes = sum(info.getGcInfo().getMemoryUsageAfterGc());
  }

  private static long heapBytes() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Pools of the heap only; the others' names are those of code and classes. */
  private static long sum(Map<String, MemoryUsage> pools) {
    return pools.entrySet().stream()
        .filter(pool -> pool.getKey().startsWith("G1 ") || pool.getKey().contains("Gen"))
        .mapToLong(pool -> pool.getValue().getUsed())
        .sum();
  }
}
