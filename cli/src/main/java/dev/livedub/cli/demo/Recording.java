package dev.livedub.cli.demo;

import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtsp.AccessUnit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a demonstration left behind, to be measured.
 *
 * @param source pictures as the relay passed them on
 * @param published presentation time in the clip of each picture published, by its hash, µs
 * @param output pictures as they reached the sink
 * @param file everything that reached the sink, as FLV
 * @param status the worker's last word while it was on air
 * @param startUp from the worker's start to the first picture at the sink, less the playout delay
 * @param cpu processor time of the whole process while the worker ran
 * @param wall how long that was
 */
record Recording(
    ClipSpec clip,
    List<AccessUnit> source,
    Map<Long, Long> published,
    List<RtmpTag> output,
    Path file,
    Duration delay,
    WorkerExit exit,
    WorkerStatus status,
    Duration startUp,
    Duration cpu,
    Duration wall) {}
