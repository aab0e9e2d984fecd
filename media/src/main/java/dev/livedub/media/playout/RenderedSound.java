package dev.livedub.media.playout;

import dev.livedub.core.dub.DubLine;
import dev.livedub.core.time.Samples;
import dev.livedub.core.timeline.PlayoutClock;
import dev.livedub.core.timeline.SoundTrack;
import dev.livedub.core.timeline.TimelineMapper;
import dev.livedub.media.ffmpeg.AacEncoder;
import dev.livedub.media.ffmpeg.MediaException;
import dev.livedub.media.ffmpeg.MediaPacket;
import dev.livedub.media.ffmpeg.SoundFormat;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Sound that is rendered: the track's samples, the dub laid over them, encoded frame by frame. The
 * sample count is the clock; where nothing came in, silence goes out, so that the sound never
 * stops.
 *
 * <p>Under a playout delay that hides it, up to {@link #AHEAD_FRAMES} frames are rendered in one go
 * and put on air one by one: the encoder's code and tables are loaded once for all of them.
 */
public final class RenderedSound implements SoundLane {

  /** How long sound that is due may be waited for before silence takes its place. */
  private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();

  /** The same once silence is on air: what is missing is missing. */
  private static final long PATIENCE_IN_SILENCE_NANOS = Duration.ofMillis(150).toNanos();

  /** Frames rendered in one go: 107 ms, which the dub has to come earlier. */
  private static final int AHEAD_FRAMES = 5;

  /** Delay from which on that is little. */
  private static final long AHEAD_FROM_NANOS = Duration.ofSeconds(2).toNanos();

  /** For input read faster than real time: how far the picture may be ahead of missing sound. */
  private static final long PICTURE_AHEAD_MICROS = 1_000_000;

  private final SoundTrack track;
  private final DubLine dubLine;
  private final AacEncoder encoder;
  private final SoundFormat format;
  private final PlayoutClock clock;
  private final TimelineMapper timeline;
  private final boolean live;
  private final int framesAtOnce;
  private final int aheadFrames;
  private final short[] frame;
  private final Queue<MediaPacket> rendered = new ArrayDeque<>();
  private boolean expected = true;
  private boolean silent;
  private long nextSample;

  /**
   * A lane at sample 0.
   *
   * @param encoder owned by the lane from now on
   */
  public RenderedSound(
      SoundTrack track,
      DubLine dubLine,
      AacEncoder encoder,
      PlayoutClock clock,
      TimelineMapper timeline,
      boolean live) {
    this.track = track;
    this.dubLine = dubLine;
    this.encoder = encoder;
    this.format = encoder.format();
    this.clock = clock;
    this.timeline = timeline;
    this.live = live;
    this.aheadFrames = dubLine.lookAheadFrames();
    this.frame = new short[(AacEncoder.FRAME_SAMPLES + aheadFrames) * 2];
    this.framesAtOnce = live && clock.delayNanos() >= AHEAD_FROM_NANOS ? AHEAD_FRAMES : 1;
  }

  /** Says whether the input has a sound stream; without one, silence goes out without waiting. */
  public void expectSound(boolean isExpected) {
    expected = isExpected;
  }

  @Override
  public long readyMicros(long nowNanos, boolean ended, long pictureMicros) {
    MediaPacket next = rendered.peek();
    if (next != null) {
      boolean due = !live || nowNanos - clock.dueNanos(next.ptsMicros()) >= 0;
      return due ? next.ptsMicros() : NOTHING;
    }
    long timeMicros = Samples.toMicros(nextSample);
    boolean arrived = hasArrived(nextSample);
    if (!live) {
      boolean missing = pictureMicros - timeMicros > PICTURE_AHEAD_MICROS;
      return arrived || missing || (ended && track.endSample() > nextSample) ? timeMicros : NOTHING;
    }
    if (!clock.isAnchored()) {
      return NOTHING;
    }
    long overdueNanos = nowNanos - clock.dueNanos(timeMicros);
    if (arrived) {
      silent = false;
      return overdueNanos >= 0 ? timeMicros : NOTHING;
    }
    boolean over = ended && track.endSample() <= nextSample;
    if (over || overdueNanos < (ended ? 0 : patienceNanos())) {
      return NOTHING;
    }
    silent = true;
    return timeMicros;
  }

  private boolean hasArrived(long firstSample) {
    return track.endSample() >= firstSample + AacEncoder.FRAME_SAMPLES;
  }

  private long patienceNanos() {
    if (!expected) {
      return 0;
    }
    return silent ? PATIENCE_IN_SILENCE_NANOS : PATIENCE_NANOS;
  }

  @Override
  public long nextLookNanos(long nowNanos) {
    if (!live || !clock.isAnchored()) {
      return nowNanos + PlayoutLoop.IDLE_NANOS;
    }
    MediaPacket next = rendered.peek();
    if (next != null) {
      return clock.dueNanos(next.ptsMicros());
    }
    long dueNanos = clock.dueNanos(Samples.toMicros(nextSample));
    return hasArrived(nextSample) ? dueNanos : dueNanos + patienceNanos();
  }

  @Override
  public void emit(Consumer<MediaPacket> output) throws MediaException {
    if (rendered.isEmpty()) {
      render();
      for (int more = 1; more < framesAtOnce && hasArrived(nextSample); more++) {
        render();
      }
    }
    MediaPacket next = rendered.poll();
    if (next != null) { // the encoder keeps the last frame it was given
      output.accept(next);
    }
  }

  private void render() throws MediaException {
    track.read(frame, AacEncoder.FRAME_SAMPLES);
    int ahead = track.peek(frame, AacEncoder.FRAME_SAMPLES, aheadFrames);
    dubLine.render(nextSample, frame, AacEncoder.FRAME_SAMPLES, AacEncoder.FRAME_SAMPLES + ahead);
    long firstSample = nextSample;
    nextSample += AacEncoder.FRAME_SAMPLES;
    timeline.onAir(Samples.toMicros(nextSample));
    clock.follow(dubLine.delay(), Samples.toMicros(nextSample));
    encoder.encode(firstSample, frame, this::keep);
  }

  private void keep(MediaPacket packet) {
    packet.describe(format);
    rendered.add(packet);
  }

  @Override
  public void finish(Consumer<MediaPacket> output) throws MediaException {
    encoder.finish(this::keep);
    for (MediaPacket next = rendered.poll(); next != null; next = rendered.poll()) {
      output.accept(next);
    }
  }

  @Override
  public double heldMillis() {
    return Math.max(0, track.endSample() - track.readSample()) * 1e3 / Samples.RATE_HZ;
  }

  @Override
  public void close() {
    rendered.forEach(MediaPacket::close);
    rendered.clear();
    encoder.close();
  }
}
