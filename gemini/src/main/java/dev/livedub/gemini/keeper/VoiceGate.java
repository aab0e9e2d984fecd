package dev.livedub.gemini.keeper;

import dev.livedub.gemini.guard.OutputFrames;
import java.util.Arrays;

/**
 * Lets through what is audible of a session's output, which never stops, silence included.
 *
 * <p>Loudness differs tenfold between sessions, so what counts is the rise above a floor that is
 * learnt: the quietest 20 ms of the last two seconds. A short pause within an utterance is let
 * through, so that its rhythm stays; one of {@link #UTTERANCE_GAP_FRAMES} ends it.
 *
 * <p><b>Threading:</b> one thread.
 */
final class VoiceGate {

  /** A pause this long ends an utterance: 400 ms. */
  static final int UTTERANCE_GAP_FRAMES = 20;

  /** How far above the floor a voice has to rise to begin. */
  static final double BEGIN_ABOVE_FLOOR_DB = 9;

  /** How far above the floor it has to stay. */
  static final double STAY_ABOVE_FLOOR_DB = 6;

  /** Below this nothing begins: ten times quieter than the quietest session seen at −38 dBFS. */
  static final double QUIETEST_DBFS = -58;

  /** The floor is never taken to be lower. */
  static final double LOWEST_FLOOR_DBFS = -75;

  private static final double STAY_BELOW_BEGIN_DB = 4;
  private static final int FLOOR_FRAMES = 100;
  private static final int FRAMES_TO_BEGIN = 2;
  private static final int PRE_ROLL_FRAMES = 4;
  private static final int DECAY_FRAMES = 5;

  /** Takes what is audible. */
  @FunctionalInterface
  interface Sink {

    /**
     * @param samples kept by the taker
     * @param onset whether an utterance begins with them
     */
    void voice(short[] samples, boolean onset);
  }

  private final double[] levels = new double[FLOOR_FRAMES];
  private final short[] waiting = new short[UTTERANCE_GAP_FRAMES * OutputFrames.SAMPLES];
  private short[] passed = new short[0];
  private int passedSamples;
  private int waitingFrames;
  private long frames;
  private int rising;
  private int quiet;
  private boolean open;
  private boolean onset;
  private boolean loud;

  /** A gate that has heard quiet only. */
  VoiceGate() {
    Arrays.fill(levels, LOWEST_FLOOR_DBFS);
  }

  /** Takes 20 ms. Returns whether they are audible voice. */
  boolean add(short[] frame, double levelDbfs, Sink sink) {
    levels[(int) (frames++ % FLOOR_FRAMES)] = Math.max(levelDbfs, LOWEST_FLOOR_DBFS);
    loud = levelDbfs > threshold();
    if (open) {
      goOn(frame);
    } else {
      await(frame, sink);
    }
    return open && loud;
  }

  /** Hands on what has been let through. */
  void flush(Sink sink) {
    if (passedSamples > 0) {
      boolean begins = onset;
      onset = false;
      short[] samples = Arrays.copyOf(passed, passedSamples);
      passedSamples = 0;
      sink.voice(samples, begins);
    }
  }

  /** Whether an utterance is going on, or one of its short pauses. */
  boolean isOpen() {
    return open;
  }

  private double threshold() {
    double floor = Double.POSITIVE_INFINITY;
    for (double level : levels) {
      floor = Math.min(floor, level);
    }
    return open && loud
        ? Math.max(floor + STAY_ABOVE_FLOOR_DB, QUIETEST_DBFS - STAY_BELOW_BEGIN_DB)
        : Math.max(floor + BEGIN_ABOVE_FLOOR_DB, QUIETEST_DBFS);
  }

  private void await(short[] frame, Sink sink) {
    hold(frame, PRE_ROLL_FRAMES);
    rising = loud ? rising + 1 : 0;
    if (rising >= FRAMES_TO_BEGIN) {
      flush(sink);
      open = true;
      onset = true;
      quiet = 0;
      release();
    }
  }

  private void goOn(short[] frame) {
    if (loud) {
      quiet = 0;
      release();
      pass(frame, frame.length);
    } else if (++quiet <= DECAY_FRAMES) {
      pass(frame, frame.length);
    } else {
      hold(frame, UTTERANCE_GAP_FRAMES);
      if (quiet >= UTTERANCE_GAP_FRAMES) {
        open = false;
        rising = 0;
      }
    }
  }

  /** Keeps a frame back, and no more than the newest so many. */
  private void hold(short[] frame, int most) {
    int drop = Math.max(0, waitingFrames + 1 - most);
    waitingFrames -= drop;
    int samples = waitingFrames * OutputFrames.SAMPLES;
    System.arraycopy(waiting, drop * OutputFrames.SAMPLES, waiting, 0, samples);
    System.arraycopy(frame, 0, waiting, samples, frame.length);
    waitingFrames++;
  }

  private void release() {
    pass(waiting, waitingFrames * OutputFrames.SAMPLES);
    waitingFrames = 0;
  }

  private void pass(short[] samples, int count) {
    if (passed.length < passedSamples + count) {
      passed = Arrays.copyOf(passed, 2 * (passedSamples + count));
    }
    System.arraycopy(samples, 0, passed, passedSamples, count);
    passedSamples += count;
  }
}
