package dev.livedub.testkit.clip;

import java.util.Optional;

/**
 * A coded picture or a coded piece of sound with its times.
 *
 * <p><b>Ownership</b>: immutable by agreement: {@link #payload()} is lent, nobody changes it.
 */
public final class AccessUnit {

  /** What an access unit is a part of. */
  public enum Kind {
    PICTURE,
    SOUND
  }

  private final Kind kind;
  private final byte[] payload;
  private final int clockHz;
  private final long pts;
  private final long dts;
  private final long duration;
  private final boolean keyframe;
  private final byte[] newParameterSets;

  AccessUnit(
      Kind kind,
      byte[] payload,
      int clockHz,
      long pts,
      long dts,
      long duration,
      boolean keyframe,
      byte[] newParameterSets) {
    this.kind = kind;
    this.payload = payload;
    this.clockHz = clockHz;
    this.pts = pts;
    this.dts = dts;
    this.duration = duration;
    this.keyframe = keyframe;
    this.newParameterSets = newParameterSets;
  }

  public Kind kind() {
    return kind;
  }

  /** The bytes: Annex B for a picture, the codec's raw unit for sound. */
  public byte[] payload() {
    return payload;
  }

  /** Ticks a second of {@link #pts}, {@link #dts} and {@link #duration}: 90 kHz, or the rate. */
  public int clockHz() {
    return clockHz;
  }

  /** Time of presentation in ticks; the priming of a sound encoder lies before zero. */
  public long pts() {
    return pts;
  }

  /** Time of decoding in ticks; with B-frames the first lies before zero. */
  public long dts() {
    return dts;
  }

  public long duration() {
    return duration;
  }

  public boolean keyframe() {
    return keyframe;
  }

  /** SPS and PPS as Annex B if the size changes here. */
  public Optional<byte[]> newParameterSets() {
    return newParameterSets.length == 0 ? Optional.empty() : Optional.of(newParameterSets);
  }

  /** {@link #pts} rounded down to a microsecond. */
  public long ptsMicros() {
    return micros(pts);
  }

  /** {@link #dts} rounded down to a microsecond. */
  public long dtsMicros() {
    return micros(dts);
  }

  /** The same unit at a later time; the payload is shared. */
  AccessUnit later(long ticks) {
    return ticks == 0
        ? this
        : new AccessUnit(
            kind, payload, clockHz, pts + ticks, dts + ticks, duration, keyframe, newParameterSets);
  }

  private long micros(long ticks) {
    return Math.floorDiv(Math.multiplyExact(ticks, 1_000_000L), (long) clockHz);
  }

  @Override
  public String toString() {
    return kind + " pts " + ptsMicros() + " dts " + dtsMicros() + " µs, " + payload.length + " B";
  }
}
