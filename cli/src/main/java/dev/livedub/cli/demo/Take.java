package dev.livedub.cli.demo;

import dev.livedub.core.slot.SlotCounts;
import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtsp.AccessUnit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a demonstration left behind, to be measured.
 *
 * @param delay playout delay
 * @param published presentation time in the clip of each picture published, by its hash, µs
 * @param relayed pictures as the server passed them on
 * @param source what was published, as MP4
 * @param dubbed what each connection to the destination published
 * @param faults what was broken
 * @param slots of the worker that was on air last
 * @param restarts how often the worker was started again
 * @param startUp from the publisher's first picture to the first one at the destination, less the
 *     playout delay
 * @param workerCores processor time of the worker that was on air last, in cores, over its life
 * @param ended how the worker ended, for a person; empty if it did not
 */
record Take(
    Duration delay,
    Map<Long, Long> published,
    List<AccessUnit> relayed,
    Path source,
    List<DubbedFile> dubbed,
    List<FaultRun> faults,
    SlotCounts slots,
    long restarts,
    Duration startUp,
    double workerCores,
    String ended) {

  Take {
    published = Map.copyOf(published);
    relayed = List.copyOf(relayed);
    dubbed = List.copyOf(dubbed);
    faults = List.copyOf(faults);
  }

  /** Whether a fault may have left traces at a media time of the clip. */
  boolean isTouched(long clipMicros) {
    return faults.stream().anyMatch(fault -> fault.touches(clipMicros));
  }

  /** Every picture that arrived, in order of arrival. */
  List<RtmpTag> pictures() {
    return dubbed.stream().flatMap(file -> file.pictures().stream()).toList();
  }
}
