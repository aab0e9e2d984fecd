package dev.livedub.core.dub;

import dev.livedub.core.pcm.VoiceUpsampler;
import java.util.function.LongUnaryOperator;

/**
 * Translated voice laid out on the output timeline, from its arrival until it is on air.
 *
 * <p>Placement: voice is put where the speech lies that it translates, if that is still ahead; else
 * at the earliest position that can still go on air. It never overlaps or overtakes what came
 * before it, and none is cut to catch up. Pieces that follow each other without a gap are one run,
 * interpolated as one; a run fades in and out over 5 ms.
 *
 * <p>Bounded: voice that would lie further ahead of what is on air than the horizon is dropped and
 * counted.
 *
 * <p><b>Threading:</b> written by the translator's thread, read by the playout thread; one lock,
 * held for no longer than it takes to interpolate 100 ms.
 */
final class DubTrack {

  /** New runs are placed at least so far ahead of what is on air that the original can duck. */
  static final int LEAD_SAMPLES = 2_448;

  /** A gap up to this is rounding, not silence. */
  static final int JOIN_SAMPLES = 2;

  /** The position of voice that was dropped. */
  static final long NOWHERE = Long.MIN_VALUE;

  private static final int FADE_SAMPLES = 240;
  private static final int UPSAMPLED_MAX =
      2 * (VoiceUpsampler.MAX_PIECE + VoiceUpsampler.HOLD) + FADE_SAMPLES;

  private final Object lock = new Object();
  private final VoiceUpsampler upsampler = new VoiceUpsampler();
  private final PagedSound sound;
  private final int horizonSamples;

  /** The run's samples from {@link #settled} on: the last 5 ms, faded only if nothing follows. */
  private final short[] open = new short[FADE_SAMPLES + UPSAMPLED_MAX];

  private final short[] upsampled = new short[UPSAMPLED_MAX];
  private final short[] fading = new short[FADE_SAMPLES + 2 * VoiceUpsampler.HOLD];

  private boolean started;
  private long playhead;
  private boolean running;
  private long settled;
  private int held;
  private int fadedIn;
  private long runEnd = Long.MIN_VALUE;
  private long droppedSamples;

  DubTrack(int horizonSamples) {
    this.horizonSamples = horizonSamples;
    this.sound = new PagedSound(horizonSamples + 2 * UPSAMPLED_MAX);
  }

  /** Says where the output timeline begins, until the first read says so. */
  void beginAt(long sample) {
    synchronized (lock) {
      if (!started) {
        started = true;
        playhead = sample;
        sound.advance(sample);
      }
    }
  }

  /**
   * Adds voice that translates the speech at {@code sourceSample}.
   *
   * @return where it begins, or {@link #NOWHERE} if its beginning was dropped
   */
  long place(short[] voice, long sourceSample) {
    long begin = NOWHERE;
    for (int from = 0; from < voice.length; from += VoiceUpsampler.MAX_PIECE) {
      int samples = Math.min(VoiceUpsampler.MAX_PIECE, voice.length - from);
      synchronized (lock) {
        long position = addPiece(voice, from, samples, sourceSample + 2L * from);
        begin = from == 0 ? position : begin;
      }
    }
    return begin;
  }

  /**
   * Adds voice that follows what came before. If that is over, it begins at the position that
   * {@code anchor} makes of the earliest possible one, which must not be earlier.
   *
   * @return where it begins, or {@link #NOWHERE} if its beginning was dropped
   */
  long follow(short[] voice, LongUnaryOperator anchor) {
    long begin = NOWHERE;
    for (int from = 0; from < voice.length; from += VoiceUpsampler.MAX_PIECE) {
      int samples = Math.min(VoiceUpsampler.MAX_PIECE, voice.length - from);
      synchronized (lock) {
        long position = addPiece(voice, from, samples, following(anchor));
        begin = from == 0 ? position : begin;
      }
    }
    return begin;
  }

  /** Ends the run: what comes next is another voice, and is not joined to what came before. */
  void endRun() {
    synchronized (lock) {
      running = false;
    }
  }

  /** The earliest position that can still go on air. */
  long earliest() {
    synchronized (lock) {
      return playhead + LEAD_SAMPLES;
    }
  }

  /** Where voice that came now would begin if it followed what came before. */
  long writePosition(LongUnaryOperator anchor) {
    synchronized (lock) {
      return following(anchor);
    }
  }

  /**
   * Copies the voice from {@code first} on and notes that what lies before {@code first + onAir} is
   * on air now.
   *
   * @param samples how many to copy, on air and further ahead
   * @return whether there may be any voice in them
   */
  boolean read(long first, int onAir, int samples, short[] out) {
    synchronized (lock) {
      started = true;
      playhead = Math.max(playhead, first + onAir);
      boolean any = !sound.isEmpty() && sound.read(first, out, samples);
      sound.advance(playhead);
      return any;
    }
  }

  /** Voice dropped because it lay beyond the horizon, in samples at 48 kHz. */
  long droppedSamples() {
    synchronized (lock) {
      return droppedSamples;
    }
  }

  private long following(LongUnaryOperator anchor) {
    return canGoOn() ? runEnd : anchor.applyAsLong(earliestPosition());
  }

  private long addPiece(short[] voice, int from, int samples, long wanted) {
    boolean goesOn = canGoOn() && wanted <= runEnd + JOIN_SAMPLES;
    long position = goesOn ? runEnd : Math.max(wanted, earliestPosition());
    if (position + 2L * samples > playhead + horizonSamples) {
      droppedSamples += 2L * samples;
      running = false;
      return NOWHERE;
    }
    if (!goesOn) {
      beginRun(position);
    }
    append(upsampler.process(voice, from, samples, upsampled));
    return position;
  }

  private long earliestPosition() {
    return Math.max(runEnd, playhead + LEAD_SAMPLES);
  }

  /** A run goes on only while its faded end has not been on air. */
  private boolean canGoOn() {
    return running && playhead <= settled;
  }

  private void beginRun(long position) {
    upsampler.reset();
    running = true;
    settled = position;
    held = 0;
    fadedIn = 0;
  }

  /** Settles all but the last 5 ms, and writes those fading, as if nothing followed. */
  private void append(int samples) {
    System.arraycopy(upsampled, 0, open, held, samples);
    fadeIn(held, samples);
    int all = held + samples;
    int done = Math.max(0, all - FADE_SAMPLES);
    sound.write(settled, open, 0, done);
    settled += done;
    held = all - done;
    System.arraycopy(open, done, open, 0, held);

    System.arraycopy(open, 0, fading, 0, held);
    int end = held + upsampler.tail(fading, held);
    for (int i = 0; i < end; i++) {
      fading[i] = (short) (fading[i] * (end - i) / end);
    }
    sound.write(settled, fading, 0, end);
    runEnd = settled + end;
  }

  private void fadeIn(int from, int samples) {
    for (int i = 0; i < samples && fadedIn < FADE_SAMPLES; i++, fadedIn++) {
      open[from + i] = (short) (open[from + i] * fadedIn / FADE_SAMPLES);
    }
  }
}
