package dev.livedub.media.source;

import dev.livedub.core.dub.DubLine;
import dev.livedub.core.time.Samples;
import dev.livedub.core.timeline.Discontinuity;
import dev.livedub.core.timeline.MediaTimes;
import dev.livedub.core.timeline.ResyncDetector;
import dev.livedub.core.timeline.SoundAligner;
import dev.livedub.core.timeline.SoundTrack;
import dev.livedub.core.timeline.StreamKind;
import dev.livedub.core.timeline.Stretcher;
import dev.livedub.core.timeline.TimelineMapper;
import dev.livedub.media.ffmpeg.MediaException;
import dev.livedub.media.ffmpeg.MediaInput;
import dev.livedub.media.ffmpeg.MediaPacket;
import dev.livedub.media.ffmpeg.SoundDecoder;
import dev.livedub.media.playout.RenderedSound;
import dev.livedub.media.telemetry.Telemetry;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Sound that is taken apart: decoded, strung together gaplessly, stored for its time on air. */
final class DecodedSoundIntake implements MediaIntake {

  /** Sound that comes this long after its time, without a break, is given a new place. */
  private static final long LATE_RUN_SAMPLES = Samples.RATE_HZ / 2;

  private final TimelineMapper timeline;
  private final Opening opening;
  private final SoundTrack track;
  private final DubLine dubLine;
  private final RenderedSound lane;
  private final Telemetry telemetry;
  private final LongConsumer queued;
  private final SoundAligner aligner = new SoundAligner();
  private final ResyncDetector resyncs = new ResyncDetector();
  private @Nullable SoundDecoder decoder;
  private OptionalLong connectionSample = OptionalLong.empty();
  private short[] stretched = new short[0];
  private long arrivalNanos;
  private long lateRunSamples;
  private long offsetMicros;

  DecodedSoundIntake(
      TimelineMapper timeline,
      Opening opening,
      SoundTrack track,
      DubLine dubLine,
      RenderedSound lane,
      Telemetry telemetry,
      LongConsumer queued) {
    this.timeline = timeline;
    this.opening = opening;
    this.track = track;
    this.dubLine = dubLine;
    this.lane = lane;
    this.telemetry = telemetry;
    this.queued = queued;
  }

  @Override
  public void connected(MediaInput input) throws MediaException {
    closeDecoder();
    if (input.sound().isPresent()) {
      decoder = input.newSoundDecoder();
    }
    lane.expectSound(decoder != null);
    aligner.interrupted();
    resyncs.connected(!input.hasContainerDts(), System.nanoTime());
    connectionSample = OptionalLong.empty();
  }

  @Override
  public void accept(MediaPacket packet) {
    try (packet) {
      arrivalNanos = packet.arrivalNanos();
      if (decoder == null || !(timeline.isOpen() || opening.maySoundOpen(arrivalNanos))) {
        return;
      }
      if (!decoder.decode(packet, this::place)) {
        telemetry.discontinuity(Discontinuity.CORRUPT);
      }
    }
  }

  private void place(long ptsMicros, short[] stereo, int frames) {
    OptionalLong target = OptionalLong.empty();
    if (ptsMicros != MediaTimes.UNSET_MICROS) {
      long durationMicros = Samples.toMicros(frames);
      long outMicros = timeline.map(StreamKind.AUDIO, ptsMicros, durationMicros, arrivalNanos);
      target = OptionalLong.of(Samples.atMicros(outMicros));
      if (timeline.offsetMicros(StreamKind.AUDIO) != offsetMicros) {
        offsetMicros = timeline.offsetMicros(StreamKind.AUDIO);
        aligner.interrupted();
      }
    } else if (!timeline.isOpen()) {
      return;
    }
    noticeResync(target);
    SoundAligner.Plan plan = aligner.plan(target, frames, track.readSample());
    if (connectionSample.isEmpty()) {
      connectionSample = OptionalLong.of(plan.firstSample());
    }
    plan.discontinuity().ifPresent(telemetry::discontinuity);
    store(plan, stereo, frames);
    noticeLateness(plan, frames, ptsMicros);
  }

  /**
   * What has come since the connection began moves to where it belongs, if it is not on air yet.
   */
  private void noticeResync(OptionalLong target) {
    if (target.isEmpty() || connectionSample.isEmpty() || aligner.nextSample().isEmpty()) {
      return;
    }
    long step = target.getAsLong() - aligner.nextSample().getAsLong();
    if (resyncs.isResync(step, arrivalNanos)) {
      track.shift(connectionSample.getAsLong(), (int) step);
      aligner.moved((int) step);
      telemetry.discontinuity(Discontinuity.RESYNC);
    }
  }

  private void store(SoundAligner.Plan plan, short[] stereo, int frames) {
    int kept = frames - plan.skipFrames();
    if (kept <= 0) {
      return;
    }
    int length = kept + plan.stretchFrames();
    if (stretched.length < length * 2) {
      stretched = new short[length * 2];
    }
    if (plan.stretchFrames() == 0) {
      System.arraycopy(stereo, plan.skipFrames() * 2, stretched, 0, length * 2);
    } else {
      Stretcher.stretch(stereo, plan.skipFrames(), kept, stretched, length);
    }
    if (track.write(plan.firstSample(), stretched, 0, length) > 0) {
      telemetry.discontinuity(Discontinuity.LATE);
    }
    dubLine.feed(plan.firstSample(), stretched, length);
    queued.accept(Samples.toMicros(plan.firstSample()));
  }

  private void noticeLateness(SoundAligner.Plan plan, int frames, long ptsMicros) {
    boolean late = plan.discontinuity().filter(kind -> kind == Discontinuity.LATE).isPresent();
    lateRunSamples = late ? lateRunSamples + frames : 0;
    if (lateRunSamples > LATE_RUN_SAMPLES && ptsMicros != MediaTimes.UNSET_MICROS) {
      timeline.restartSound(ptsMicros, arrivalNanos);
      lateRunSamples = 0;
    }
  }

  /** How far sound lies after the place its timestamps give it, in milliseconds. */
  double lagMillis() {
    return aligner.lagSamples() * 1e3 / Samples.RATE_HZ;
  }

  @Override
  public void finish() {
    dubLine.finish();
  }

  private void closeDecoder() {
    if (decoder != null) {
      decoder.close();
      decoder = null;
    }
  }

  @Override
  public void close() {
    closeDecoder();
  }
}
