package dev.livedub.bench.faults;

import dev.livedub.testkit.clip.ClipSpec;
import java.time.Duration;
import java.util.function.Consumer;

/** The ways in which a peer dies, hangs or sends what is broken, each with what brings it back. */
public enum Fault {
  SOURCE_REFUSED("source refuses connections, then accepts", SourceFaults::refuses),
  SOURCE_SILENT("source accepts TCP and never answers, then does", SourceFaults::isSilent),
  SOURCE_MISSING("source answers 404, then a publisher comes", SourceFaults::isMissing),
  SOURCE_UNAUTHORIZED("source answers 401", SourceFaults::isUnauthorized),
  SOURCE_CLOSES("source closes (FIN)", SourceFaults::closes),
  SOURCE_RESETS("source resets (RST)", SourceFaults::resets),
  SOURCE_STALLS("source stops sending with TCP open for 8 s", SourceFaults::stalls),
  SOURCE_HICCUPS("source stops sending for 2 s, then a burst", SourceFaults::hiccups),
  SOURCE_RUBBISH("source sends 64 KiB of rubbish", SourceFaults::sendsRubbish),
  PUBLISHER_BACK_AFTER_1(
      "publisher gone for 1 s", run -> SourceFaults.republishes(run, Duration.ofSeconds(1))),
  PUBLISHER_BACK_AFTER_10(
      "publisher gone for 10 s", run -> SourceFaults.republishes(run, Duration.ofSeconds(10))),
  PUBLISHER_BACK_AFTER_60(
      "publisher gone for 60 s", run -> SourceFaults.republishes(run, Duration.ofSeconds(60))),
  TIMESTAMPS_FORWARD(
      "timestamps jump 1 h forward", run -> StreamFaults.jumps(run, Duration.ofHours(1))),
  TIMESTAMPS_BACK("timestamps jump 1 h back", run -> StreamFaults.jumps(run, Duration.ofHours(-1))),
  TIMESTAMPS_WRAP("timestamps wrap at 32 bits", StreamFaults::wraps),
  REPORTS_LATE("no RTCP sender report for 8 s after joining", StreamFaults::lacksReports),
  PACKETS_LOST("every 50th packet lost for 5 s", StreamFaults::losesPackets),
  SOUND_MISSING("sound missing for 5 s", StreamFaults::losesSound),
  SOUND_LATE("sound starts 4 s late", StreamFaults::startsSoundLate) {
    @Override
    ClipSpec clip() {
      return broadcast().soundStart(Duration.ofSeconds(4)).build();
    }
  },
  SOUND_NONE("no sound at all", StreamFaults::hasNoSound) {
    @Override
    ClipSpec clip() {
      return broadcast().withoutSound().build();
    }

    @Override
    boolean hasSound() {
      return false;
    }
  },
  SIZE_CHANGES("picture changes its size and parameter sets", StreamFaults::changesSize) {
    @Override
    ClipSpec clip() {
      return broadcast().sizeChange(StreamFaults.SIZE_CHANGE, 256, 144).build();
    }
  },
  SINK_REFUSED("destination refuses connections, then accepts", SinkFaults::refuses),
  SINK_SILENT("destination never answers the handshake, then does", SinkFaults::isSilent),
  SINK_DENIES("destination denies the publication", SinkFaults::denies),
  SINK_CLOSES("destination closes (FIN)", SinkFaults::closes),
  SINK_RESETS("destination resets (RST)", SinkFaults::resets),
  SINK_AWAY("destination away for 5 s", SinkFaults::isAway),
  SINK_WEDGES("destination stops reading with TCP open", SinkFaults::wedges);

  private final String title;
  private final Consumer<FaultRun> scenario;

  Fault(String title, Consumer<FaultRun> scenario) {
    this.title = title;
    this.scenario = scenario;
  }

  /** What is done, in words. */
  public String title() {
    return title;
  }

  /** What is broadcast. */
  ClipSpec clip() {
    return broadcast().build();
  }

  /** Whether there is sound to measure against the picture. */
  boolean hasSound() {
    return true;
  }

  void run(FaultRun run) {
    scenario.accept(run);
  }

  /** 2 Mbit/s, B-frames, a keyframe every second. */
  private static ClipSpec.Builder broadcast() {
    return ClipSpec.builder().size(320, 180).gopFrames(25).pictureBitRate(1_850_000);
  }
}
