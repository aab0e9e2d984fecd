package dev.livedub.core.timeline;

import java.util.Arrays;

/**
 * Sound between its arrival and its time on air: a ring of 48 kHz stereo samples, addressed by
 * their number on the output timeline. What was never written is silence.
 *
 * <p><b>Threading:</b> one writer, one reader; short critical sections, nobody waits for long.
 */
public final class SoundTrack {

  private static final int CHANNELS = 2;

  private final short[] ring;
  private final int capacityFrames;

  /** First sample not read yet. Guarded by {@code this}, as is the next. */
  private long readSample;

  /** End of what has been written. */
  private long endSample;

  /**
   * An empty track at sample 0.
   *
   * @param capacityFrames how far ahead of the reader the writer may be; rounded up to a power of
   *     two
   */
  public SoundTrack(int capacityFrames) {
    this.capacityFrames = capacityFrames;
    this.ring = new short[capacityFrames * CHANNELS];
  }

  /** First sample that has not been read yet. */
  public synchronized long readSample() {
    return readSample;
  }

  /** End of what has been written: the first sample of which nothing is known yet. */
  public synchronized long endSample() {
    return endSample;
  }

  /**
   * Writes frames at a place not before the reader.
   *
   * @param firstSample where the first frame goes
   * @param stereo interleaved frames; those from {@code offsetFrames} on are taken
   * @return frames that did not fit because they lie too far ahead of the reader, or behind it
   */
  public synchronized int write(long firstSample, short[] stereo, int offsetFrames, int frames) {
    long from = Math.max(firstSample, readSample);
    long to = Math.min(firstSample + frames, readSample + capacityFrames);
    if (to <= from) {
      return frames;
    }
    copy(from, stereo, offsetFrames + (int) (from - firstSample), (int) (to - from));
    endSample = Math.max(endSample, to);
    return frames - (int) (to - from);
  }

  private void copy(long sample, short[] stereo, int offsetFrames, int frames) {
    int at = index(sample);
    int head = Math.min(frames, capacityFrames - at);
    System.arraycopy(stereo, offsetFrames * CHANNELS, ring, at * CHANNELS, head * CHANNELS);
    System.arraycopy(stereo, (offsetFrames + head) * CHANNELS, ring, 0, (frames - head) * CHANNELS);
  }

  /**
   * Moves what has been written and not been read, because it turns out to belong elsewhere.
   *
   * @param fromSample first sample that moves
   * @param byFrames how far, later if positive; what would lie before the reader is dropped
   */
  public synchronized void shift(long fromSample, int byFrames) {
    long from = Math.max(fromSample, readSample);
    int frames = (int) (endSample - from);
    if (frames <= 0 || byFrames == 0) {
      return;
    }
    short[] moved = new short[frames * CHANNELS];
    for (int i = 0; i < frames; i++) {
      int at = index(from + i) * CHANNELS;
      System.arraycopy(ring, at, moved, i * CHANNELS, CHANNELS);
      Arrays.fill(ring, at, at + CHANNELS, (short) 0);
    }
    endSample = from;
    write(from + byFrames, moved, 0, frames);
  }

  /** Reads the next frames, silence where nothing was written, and moves on. */
  public synchronized void read(short[] stereo, int frames) {
    int at = index(readSample);
    int head = Math.min(frames, capacityFrames - at);
    take(at, stereo, 0, head);
    take(0, stereo, head, frames - head);
    readSample += frames;
    endSample = Math.max(endSample, readSample);
  }

  /**
   * Copies frames that will be read later, as far as they are known.
   *
   * @param stereo gets them from {@code offsetFrames} on
   * @param frames at most so many
   * @return how many
   */
  public synchronized int peek(short[] stereo, int offsetFrames, int frames) {
    int known = (int) Math.min(frames, endSample - readSample);
    for (int i = 0; i < known; i++) {
      int at = index(readSample + i) * CHANNELS;
      System.arraycopy(ring, at, stereo, (offsetFrames + i) * CHANNELS, CHANNELS);
    }
    return known;
  }

  private void take(int at, short[] stereo, int offsetFrames, int frames) {
    System.arraycopy(ring, at * CHANNELS, stereo, offsetFrames * CHANNELS, frames * CHANNELS);
    Arrays.fill(ring, at * CHANNELS, (at + frames) * CHANNELS, (short) 0);
  }

  private int index(long sample) {
    return Math.floorMod(sample, capacityFrames);
  }
}
