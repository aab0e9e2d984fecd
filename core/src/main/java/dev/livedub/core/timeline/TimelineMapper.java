package dev.livedub.core.timeline;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Maps the timestamps of a broken input onto one output timeline, in µs from the start of the run.
 *
 * <p>Within an <i>epoch</i>, a stretch of input without a break, picture and sound share one
 * offset: their distance stays exactly the source's. A timestamp that jumps opens a new epoch,
 * placed so that output time goes on where it was, or, if media was really lost, where the wall
 * clock says it is now. The other stream joins that epoch when its own timestamps jump there too.
 *
 * <p>Call order: {@link #connected} once per connection, then {@link #map} per packet.
 * <b>Threading:</b> one owner, the demux thread; {@link #onAir} may be called by any thread.
 */
public final class TimelineMapper {

  /** A step forward that is still one timeline; a longer one must agree with the wall clock. */
  static final long MAX_FORWARD_MICROS = 1_000_000;

  /** A step back that is still one timeline: re-sent sound, RTCP re-synchronisation. */
  static final long MAX_BACKWARD_MICROS = 500_000;

  /** How far a long step may be off the wall clock and still be a pause, not a jump. */
  static final long WALL_TOLERANCE_MICROS = 500_000;

  /** Media this far behind what is on air starts a new epoch instead of being thrown away. */
  static final long MAX_LATE_MICROS = 500_000;

  /** Packets that come late for longer than this are not a burst after a network stall. */
  private static final long LATE_PATIENCE_NANOS = 1_000_000_000;

  /** A shorter playout delay says nothing about lateness: packets go out as they come. */
  private static final long MIN_TELLING_DELAY_NANOS = 1_000_000_000;

  /** Streams of one source that differ by more than this do not share a clock. */
  static final long MAX_JOIN_APART_MICROS = 10_000_000;

  private static final class Track {
    long lastInMicros = MediaTimes.UNSET_MICROS;
    long offsetMicros;

    /** Where the next packet would begin on the output timeline if nothing happened. */
    long nextOutMicros = MediaTimes.UNSET_MICROS;

    /** Arrival of the first packet of a run that came late; unset while none is late. */
    long lateSinceNanos = MediaTimes.UNSET_MICROS;
  }

  private final PlayoutClock clock;
  private final Consumer<Discontinuity> breaks;
  private final boolean live;
  private final Map<StreamKind, Track> tracks = new EnumMap<>(StreamKind.class);
  private boolean everMapped;
  private boolean open;
  private long offsetMicros;
  private volatile long onAirMicros = MediaTimes.UNSET_MICROS;

  /**
   * A mapper that starts at output time 0.
   *
   * @param live whether arrival times mean something; false for files read as fast as they go
   * @param breaks told of every break that was absorbed
   */
  public TimelineMapper(PlayoutClock clock, boolean live, Consumer<Discontinuity> breaks) {
    this.clock = clock;
    this.live = live;
    this.breaks = breaks;
    for (StreamKind kind : StreamKind.values()) {
      tracks.put(kind, new Track());
    }
  }

  /** Says that a new connection begins: its timestamps have nothing to do with those before. */
  public void connected() {
    open = false;
    tracks.values().forEach(track -> track.lastInMicros = MediaTimes.UNSET_MICROS);
  }

  /** Says up to where sound has gone on air: what maps to before that is late. */
  public void onAir(long outMicros) {
    onAirMicros = outMicros;
  }

  /** Whether the connection's first packet has been mapped. */
  public boolean isOpen() {
    return open;
  }

  /** The offset now in force for a stream: output time minus input time, µs. */
  public long offsetMicros(StreamKind kind) {
    return track(kind).offsetMicros;
  }

  /** Where a stream's next packet is expected on the output timeline; empty before its first. */
  public OptionalLong expectedMicros(StreamKind kind) {
    long next = track(kind).nextOutMicros;
    return next == MediaTimes.UNSET_MICROS ? OptionalLong.empty() : OptionalLong.of(next);
  }

  /**
   * Maps one packet.
   *
   * @param inMicros its DTS for a picture, its PTS for sound
   * @param durationMicros how long it lasts, 0 if unknown
   * @param arrivalNanos when it was read, {@code System.nanoTime()}
   * @return its output time, µs; add the same difference to its other timestamp
   */
  public long map(StreamKind kind, long inMicros, long durationMicros, long arrivalNanos) {
    Track track = track(kind);
    if (!open) {
      openConnection(track, inMicros, arrivalNanos);
    } else if (track.lastInMicros == MediaTimes.UNSET_MICROS) {
      join(track, inMicros, arrivalNanos);
    } else if (jumped(inMicros - track.lastInMicros)) {
      followJump(track, inMicros, arrivalNanos);
    }
    if (staysLate(track, inMicros + track.offsetMicros, arrivalNanos)) {
      catchUp(track, inMicros, arrivalNanos);
    }
    track.lastInMicros = inMicros;
    long outMicros = inMicros + track.offsetMicros;
    track.nextOutMicros = outMicros + durationMicros;
    boolean leads = kind == StreamKind.VIDEO || picturesAreMissing();
    if (leads) { // the playout delay is the picture's; sound may arrive earlier or later than it
      clock.observe(outMicros, arrivalNanos);
    }
    return outMicros;
  }

  /** Takes note of a packet without a timestamp, which lies where its stream's next is expected. */
  public void skip(StreamKind kind, long durationMicros) {
    Track track = track(kind);
    if (track.nextOutMicros != MediaTimes.UNSET_MICROS) {
      track.nextOutMicros += durationMicros;
    }
  }

  /** Starts an epoch for sound that comes, packet after packet, just after its time on air. */
  public void restartSound(long inMicros, long arrivalNanos) {
    startEpoch(track(StreamKind.AUDIO), inMicros, arrivalNanos, Discontinuity.LATE);
  }

  private void openConnection(Track track, long inMicros, long arrivalNanos) {
    open = true;
    long outMicros = everMapped ? continuation(MediaTimes.UNSET_MICROS, arrivalNanos) : 0;
    setOffset(track, outMicros - inMicros);
    if (everMapped) {
      clock.restart(outMicros, arrivalNanos);
      breaks.accept(Discontinuity.RECONNECT);
    }
    everMapped = true;
  }

  /** The stream's first packet of a connection that the other stream has opened. */
  private void join(Track track, long inMicros, long arrivalNanos) {
    long outMicros = inMicros + offsetMicros;
    long apartMicros = outMicros - clock.liveMicros(arrivalNanos);
    if (live && Math.abs(apartMicros) > MAX_JOIN_APART_MICROS) {
      track.offsetMicros = clock.liveMicros(arrivalNanos) - inMicros;
      breaks.accept(Discontinuity.JUMP);
    } else {
      track.offsetMicros = offsetMicros;
    }
  }

  private static boolean jumped(long stepMicros) {
    return stepMicros > MAX_FORWARD_MICROS || stepMicros < -MAX_BACKWARD_MICROS;
  }

  private void followJump(Track track, long inMicros, long arrivalNanos) {
    if (joinedNewestEpoch(track, inMicros, arrivalNanos)) {
      return;
    }
    long apartMicros = inMicros + track.offsetMicros - clock.liveMicros(arrivalNanos);
    boolean pause =
        inMicros > track.lastInMicros && (!live || Math.abs(apartMicros) <= WALL_TOLERANCE_MICROS);
    if (!pause) {
      startEpoch(track, inMicros, arrivalNanos, Discontinuity.JUMP);
    }
  }

  /** Whether packets have been late for so long that it is not a burst after a network stall. */
  private boolean staysLate(Track track, long outMicros, long arrivalNanos) {
    if (!isLate(outMicros, arrivalNanos)) {
      track.lateSinceNanos = MediaTimes.UNSET_MICROS;
      return false;
    }
    if (track.lateSinceNanos == MediaTimes.UNSET_MICROS) {
      track.lateSinceNanos = arrivalNanos;
    }
    return arrivalNanos - track.lateSinceNanos > LATE_PATIENCE_NANOS;
  }

  private void catchUp(Track track, long inMicros, long arrivalNanos) {
    if (!joinedNewestEpoch(track, inMicros, arrivalNanos)) {
      startEpoch(track, inMicros, arrivalNanos, Discontinuity.LATE);
    }
  }

  /** Takes over the epoch that the other stream opened, if this packet belongs there. */
  private boolean joinedNewestEpoch(Track track, long inMicros, long arrivalNanos) {
    long outMicros = inMicros + offsetMicros;
    boolean goesOn = Math.abs(outMicros - track.nextOutMicros) <= MAX_FORWARD_MICROS;
    boolean isNow =
        live && Math.abs(outMicros - clock.liveMicros(arrivalNanos)) <= MAX_FORWARD_MICROS;
    if (track.offsetMicros == offsetMicros
        || isLate(outMicros, arrivalNanos)
        || !(goesOn || isNow)) {
      return false;
    }
    track.offsetMicros = offsetMicros;
    return true;
  }

  /** Whether this lies well before what is on air, as told, or as the playout delay has it. */
  private boolean isLate(long outMicros, long arrivalNanos) {
    if (!live || !clock.isAnchored()) {
      return false;
    }
    long airMicros = onAirMicros;
    if (clock.delayNanos() >= MIN_TELLING_DELAY_NANOS) {
      airMicros = Math.max(airMicros, clock.liveMicros(arrivalNanos) - clock.delayNanos() / 1_000);
    }
    return airMicros != MediaTimes.UNSET_MICROS && outMicros < airMicros - MAX_LATE_MICROS;
  }

  private void startEpoch(Track track, long inMicros, long arrivalNanos, Discontinuity why) {
    long outMicros = continuation(track.nextOutMicros, arrivalNanos);
    setOffset(track, outMicros - inMicros);
    clock.restart(outMicros, arrivalNanos);
    breaks.accept(why);
  }

  private void setOffset(Track track, long newOffsetMicros) {
    offsetMicros = newOffsetMicros;
    track.offsetMicros = newOffsetMicros;
  }

  /**
   * Where the output timeline goes on: at the stream's own end if that is about now, otherwise now;
   * never before what the other stream or the air already reached without it.
   */
  private long continuation(long expectedMicros, long arrivalNanos) {
    long floorMicros = onAirMicros == MediaTimes.UNSET_MICROS ? 0 : onAirMicros;
    if (expectedMicros == MediaTimes.UNSET_MICROS) {
      for (Track track : tracks.values()) {
        floorMicros = Math.max(floorMicros, track.nextOutMicros);
      }
      return live ? Math.max(floorMicros, clock.liveMicros(arrivalNanos)) : floorMicros;
    }
    long nowMicros = live ? clock.liveMicros(arrivalNanos) : expectedMicros;
    boolean aboutNow = Math.abs(nowMicros - expectedMicros) <= WALL_TOLERANCE_MICROS;
    return Math.max(aboutNow ? expectedMicros : nowMicros, floorMicros);
  }

  private boolean picturesAreMissing() {
    return track(StreamKind.VIDEO).lastInMicros == MediaTimes.UNSET_MICROS;
  }

  private Track track(StreamKind kind) {
    return Objects.requireNonNull(tracks.get(kind));
  }
}
