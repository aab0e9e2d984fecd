package dev.livedub.media.source;

import dev.livedub.core.timeline.Discontinuity;
import dev.livedub.core.timeline.MediaTimes;
import dev.livedub.core.timeline.StreamKind;
import dev.livedub.core.timeline.TimelineMapper;
import dev.livedub.media.ffmpeg.MediaInput;
import dev.livedub.media.ffmpeg.MediaPacket;
import dev.livedub.media.ffmpeg.SoundFormat;
import dev.livedub.media.playout.PacketDelayLine;
import dev.livedub.media.telemetry.Telemetry;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Sound that is copied: packets are put onto the output timeline as they are. */
final class CopiedSoundIntake implements MediaIntake {

  private final TimelineMapper timeline;
  private final Opening opening;
  private final PacketDelayLine line;
  private final Telemetry telemetry;
  private final LongConsumer queued;
  private @Nullable SoundFormat format;
  private long lastOutMicros = MediaTimes.UNSET_MICROS;

  CopiedSoundIntake(
      TimelineMapper timeline,
      Opening opening,
      PacketDelayLine line,
      Telemetry telemetry,
      LongConsumer queued) {
    this.timeline = timeline;
    this.opening = opening;
    this.line = line;
    this.telemetry = telemetry;
    this.queued = queued;
  }

  @Override
  public void connected(MediaInput input) {
    format = input.sound().orElse(null);
  }

  @Override
  public void accept(MediaPacket packet) {
    SoundFormat current = format;
    boolean open = timeline.isOpen() || opening.maySoundOpen(packet.arrivalNanos());
    if (current == null || !open) {
      packet.close();
      return;
    }
    OptionalLong outMicros = outTime(packet, durationMicros(packet, current));
    if (outMicros.isEmpty()) {
      packet.close();
      return;
    }
    lastOutMicros = outMicros.getAsLong();
    packet.retime(lastOutMicros, lastOutMicros);
    packet.describe(current);
    int dropped = line.push(packet);
    if (dropped > 0) {
      telemetry.dropped(dropped, "delay line");
    }
    queued.accept(lastOutMicros);
  }

  private static long durationMicros(MediaPacket packet, SoundFormat format) {
    return packet.durationMicros() > 0 ? packet.durationMicros() : format.packetMicros();
  }

  /** Empty for a packet that must not go out: before the timeline's start, or there already. */
  private OptionalLong outTime(MediaPacket packet, long durationMicros) {
    OptionalLong outMicros;
    if (packet.ptsMicros() == MediaTimes.UNSET_MICROS) {
      // Of several AAC frames in one RTP packet, only the first has a timestamp.
      outMicros = timeline.expectedMicros(StreamKind.AUDIO);
      outMicros.ifPresent(time -> timeline.skip(StreamKind.AUDIO, durationMicros));
    } else {
      outMicros =
          OptionalLong.of(
              timeline.map(
                  StreamKind.AUDIO, packet.ptsMicros(), durationMicros, packet.arrivalNanos()));
    }
    boolean backward =
        outMicros.isPresent()
            && lastOutMicros != MediaTimes.UNSET_MICROS
            && outMicros.getAsLong() <= lastOutMicros;
    if (backward) {
      telemetry.discontinuity(Discontinuity.OVERLAP);
    }
    return backward || (outMicros.isPresent() && outMicros.getAsLong() < 0)
        ? OptionalLong.empty()
        : outMicros;
  }

  @Override
  public void finish() {}

  @Override
  public void close() {}
}
