package dev.livedub.gemini.keeper;

import dev.livedub.core.translate.TranslatorEvent.Transcript;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts the output of successive sessions one after the other: what a session says waits until the
 * one before it has said its last word.
 *
 * <p>Bounded: a session that would have to wait for longer than {@link #HELD_SAMPLES} of voice
 * loses the oldest of it.
 *
 * <p><b>Threading:</b> one thread.
 */
final class Relay {

  /** Most voice held back: 20 s. */
  static final int HELD_SAMPLES = 20 * 24_000;

  private static final int HELD_TEXTS = 200;

  /** One session's place in the row. */
  static final class Lane {
    private final Deque<Voice> voices = new ArrayDeque<>();
    private final Deque<Transcript> texts = new ArrayDeque<>();
    private int heldSamples;
    private boolean done;
  }

  private final Consumer<Voice> voices;
  private final Consumer<Transcript> texts;
  private final List<Lane> row = new ArrayList<>();
  private long lostSamples;

  Relay(Consumer<Voice> voices, Consumer<Transcript> texts) {
    this.voices = voices;
    this.texts = texts;
  }

  /** A place after all others. */
  Lane join() {
    Lane lane = new Lane();
    row.add(lane);
    return lane;
  }

  /** Passes voice on, now or when its turn has come; none from a lane that is done. */
  void voice(Lane lane, Voice voice) {
    if (isHead(lane)) {
      voices.accept(voice);
    } else if (row.contains(lane) && !lane.done) {
      lane.voices.addLast(voice);
      lane.heldSamples += voice.samples().length;
      while (lane.heldSamples > HELD_SAMPLES) {
        int oldest = lane.voices.removeFirst().samples().length;
        lane.heldSamples -= oldest;
        lostSamples += oldest;
      }
    }
  }

  /** Passes text on, likewise. */
  void text(Lane lane, Transcript text) {
    if (isHead(lane)) {
      texts.accept(text);
    } else if (row.contains(lane) && !lane.done && lane.texts.size() < HELD_TEXTS) {
      lane.texts.addLast(text);
    }
  }

  /** This lane has said its last word; what it still holds is passed on in its turn. */
  void finish(Lane lane) {
    lane.done = true;
    while (!row.isEmpty() && row.get(0).done) {
      row.remove(0);
      if (!row.isEmpty()) {
        release(row.get(0));
      }
    }
  }

  /** Forgets a lane and what it holds. */
  void discard(Lane lane) {
    lane.voices.clear();
    lane.texts.clear();
    finish(lane);
  }

  /** Whether it is this lane's turn. */
  boolean isHead(Lane lane) {
    return !row.isEmpty() && row.get(0) == lane && !lane.done;
  }

  /** Voice lost because it would have had to wait for too long, in samples at 24 kHz. */
  long lostSamples() {
    return lostSamples;
  }

  private void release(Lane lane) {
    lane.texts.forEach(texts);
    lane.voices.forEach(voices);
    lane.texts.clear();
    lane.voices.clear();
    lane.heldSamples = 0;
  }
}
