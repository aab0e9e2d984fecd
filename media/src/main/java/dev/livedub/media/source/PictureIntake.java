package dev.livedub.media.source;

import dev.livedub.core.log.LogEvent;
import dev.livedub.core.timeline.Discontinuity;
import dev.livedub.core.timeline.DtsGenerator;
import dev.livedub.core.timeline.MediaTimes;
import dev.livedub.core.timeline.StreamKind;
import dev.livedub.core.timeline.TimelineMapper;
import dev.livedub.media.ffmpeg.MediaInput;
import dev.livedub.media.ffmpeg.MediaPacket;
import dev.livedub.media.ffmpeg.PictureFormat;
import dev.livedub.media.ffmpeg.PictureProbe;
import dev.livedub.media.playout.PacketDelayLine;
import dev.livedub.media.telemetry.Telemetry;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Pictures: gives them decoding timestamps where they have none, and notices new parameter sets.
 */
final class PictureIntake implements MediaIntake {

  /** Least distance of two decoding timestamps: FLV's resolution. */
  private static final long MIN_STEP_MICROS = 1_000;

  private static final long MAX_PTS_APART_MICROS = 2_000_000;

  private final TimelineMapper timeline;
  private final PacketDelayLine line;
  private final Telemetry telemetry;
  private final LongConsumer queued;
  private @Nullable PictureFormat format;
  private @Nullable DtsGenerator dtsGenerator;
  private boolean containerDts;
  private boolean awaitingKeyframe;
  private long lastInDtsMicros;
  private long lastOutDtsMicros = MediaTimes.UNSET_MICROS;

  PictureIntake(
      TimelineMapper timeline, PacketDelayLine line, Telemetry telemetry, LongConsumer queued) {
    this.timeline = timeline;
    this.line = line;
    this.telemetry = telemetry;
    this.queued = queued;
  }

  @Override
  public void connected(MediaInput input) {
    format = input.picture().orElse(null);
    containerDts = input.hasContainerDts();
    dtsGenerator = null;
    awaitingKeyframe = true;
  }

  @Override
  public void accept(MediaPacket packet) {
    PictureFormat current = format;
    boolean unusable =
        awaitingKeyframe && (!packet.isKeyframe() || packet.ptsMicros() == MediaTimes.UNSET_MICROS);
    if (current == null || unusable) {
      packet.close();
      return;
    }
    awaitingKeyframe = false;
    if (packet.isKeyframe()) {
      current = noticeParameters(packet, current);
    }
    packet.describe(current);
    stamp(packet, current);
    long outMicros = packet.dtsMicros();
    int dropped = line.push(packet);
    if (dropped > 0) {
      telemetry.dropped(dropped, "delay line");
    }
    queued.accept(outMicros);
  }

  private void stamp(MediaPacket packet, PictureFormat current) {
    long inDts = inputDts(packet, current);
    long inPts = packet.ptsMicros();
    if (inPts == MediaTimes.UNSET_MICROS) {
      // A second field, or a damaged header: shown as late as its decoding order allows.
      inPts = inDts + current.reorderDepth() * current.frameDurationMicros();
      telemetry.discontinuity(Discontinuity.CORRUPT);
    }
    long durationMicros =
        packet.durationMicros() > 0 ? packet.durationMicros() : current.frameDurationMicros();
    long outDts = timeline.map(StreamKind.VIDEO, inDts, durationMicros, packet.arrivalNanos());
    long outPts = inPts + (outDts - inDts);
    // Nothing is shown before it is decoded, whatever the source says, and no muxer takes it.
    outDts = Math.min(outDts, outPts);
    if (lastOutDtsMicros != MediaTimes.UNSET_MICROS) {
      outDts = Math.max(outDts, lastOutDtsMicros + MIN_STEP_MICROS);
    }
    outPts = Math.max(outPts, outDts);
    lastInDtsMicros = inDts;
    lastOutDtsMicros = outDts;
    packet.retime(outPts, outDts);
  }

  private long inputDts(MediaPacket packet, PictureFormat current) {
    if (containerDts && packet.dtsMicros() != MediaTimes.UNSET_MICROS) {
      return packet.dtsMicros();
    }
    if (packet.ptsMicros() == MediaTimes.UNSET_MICROS) {
      return lastInDtsMicros + current.frameDurationMicros();
    }
    if (dtsGenerator == null) {
      dtsGenerator = new DtsGenerator(current.reorderDepth(), current.frameDurationMicros());
    } else if (isJump(packet.ptsMicros())) {
      dtsGenerator = dtsGenerator.restarted();
    }
    return dtsGenerator.next(packet.ptsMicros());
  }

  /** After a jump, decoding timestamps cannot be made from what was presented before it. */
  private boolean isJump(long ptsMicros) {
    return Math.abs(ptsMicros - lastInDtsMicros) > MAX_PTS_APART_MICROS;
  }

  private PictureFormat noticeParameters(MediaPacket keyframe, PictureFormat current) {
    byte[] announced = keyframe.newConfiguration();
    byte[] sets = announced != null ? announced : inBand(keyframe, current);
    boolean known =
        sets.length == 0
            || (announced == null
                && ParameterSets.areAllIn(current.codec(), sets, current.configuration()));
    if (known && current.isComplete()) {
      return current;
    }
    PictureFormat changed =
        PictureProbe.complete(known ? current : current.withConfiguration(sets), keyframe);
    format = changed;
    if (dtsGenerator != null && dtsGenerator.reorderDepth() < changed.reorderDepth()) {
      dtsGenerator = null;
    }
    if (known) {
      return changed;
    }
    if (current.configuration().length > 0) {
      telemetry.discontinuity(Discontinuity.PARAMETERS);
      telemetry
          .info(LogEvent.PICTURE_PARAMETERS, "source")
          .addKeyValue("sizeBytes", sets.length)
          .log("picture parameters changed");
    }
    return changed;
  }

  private static byte[] inBand(MediaPacket keyframe, PictureFormat current) {
    byte[] known = current.configuration();
    boolean lengthPrefixed = known.length > 0 && known[0] == 1; // avcC, hvcC: version 1
    return lengthPrefixed
        ? new byte[0]
        : ParameterSets.inAnnexB(current.codec(), keyframe.borrowPayload());
  }

  @Override
  public void finish() {}

  @Override
  public void close() {}
}
