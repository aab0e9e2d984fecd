package dev.livedub.testkit.gemini.model;

import dev.livedub.testkit.gemini.fault.SimFault.Disorder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes the words of one side: fragments of two syllables, about a second each, that append to
 * each other; a sentence ends with a full stop. The word for syllable 1234 in Spanish is {@code
 * es1234}.
 *
 * <p><b>Threading</b>: not for use by several threads.
 */
final class Scribe {

  /** So long after a syllable's onset it is known whether another followed. */
  private static final long CLOSED_AFTER_MICROS = 1_400_000;

  private static final long FRAGMENT_MICROS = 900_000;

  private final String prefix;
  private final long offsetMicros;
  private final ToLongFunction<Syllable> onset;
  private final Deque<Syllable> waiting = new ArrayDeque<>();
  private long lastUtterance;
  private StringBuilder sentence = new StringBuilder();
  private @Nullable Disorder disorder;
  private @Nullable Fragment held;

  /**
   * A scribe.
   *
   * @param language tag of the words' language
   * @param offsetMicros from a fragment's first onset to its writing
   * @param onset which of a syllable's onsets counts
   */
  Scribe(String language, long offsetMicros, ToLongFunction<Syllable> onset) {
    prefix = language.split("-", 2)[0];
    this.offsetMicros = offsetMicros;
    this.onset = onset;
  }

  /** A piece of text and when it is due. */
  record Fragment(long atMicros, String text) {}

  /** From now on fragments are not as they should be. */
  void disturb(Disorder how) {
    disorder = how;
  }

  /** Whether fragments are not as they should be. */
  boolean isDisturbed() {
    return disorder != null;
  }

  void add(Syllable syllable) {
    waiting.addLast(syllable);
  }

  /** What is due by an input time. */
  List<Fragment> due(long nowMicros) {
    List<Fragment> due = new ArrayList<>();
    while (!waiting.isEmpty()
        && onset.applyAsLong(waiting.getFirst()) + offsetMicros <= nowMicros) {
      long atMicros = onset.applyAsLong(waiting.getFirst()) + offsetMicros;
      addTo(due, new Fragment(atMicros, fragment(nowMicros)));
    }
    return due;
  }

  private String fragment(long nowMicros) {
    Syllable first = waiting.removeFirst();
    if (first.utterance() != lastUtterance) {
      lastUtterance = first.utterance();
      sentence = new StringBuilder();
    }
    StringBuilder text = new StringBuilder(word(first));
    Syllable last = first;
    Syllable next = waiting.peekFirst();
    if (next != null
        && next.utterance() == first.utterance()
        && onset.applyAsLong(next) - onset.applyAsLong(first) < FRAGMENT_MICROS) {
      last = waiting.removeFirst();
      text.append(word(last));
    }
    if (endsSentence(last, nowMicros)) {
      text.append('.');
    }
    sentence.append(text);
    return disorder == Disorder.CUMULATIVE ? sentence.toString() : text.toString();
  }

  private boolean endsSentence(Syllable last, long nowMicros) {
    Syllable next = waiting.peekFirst();
    return next == null
        ? nowMicros - last.inMicros() >= CLOSED_AFTER_MICROS
        : next.utterance() != last.utterance();
  }

  private void addTo(List<Fragment> due, Fragment fragment) {
    if (disorder == Disorder.DUPLICATED) {
      due.add(fragment);
      due.add(fragment);
    } else if (disorder == Disorder.REORDERED) {
      Fragment before = held;
      if (before == null) {
        held = fragment;
        return;
      }
      held = null;
      due.add(fragment);
      due.add(new Fragment(fragment.atMicros(), before.text()));
    } else {
      due.add(fragment);
    }
  }

  private String word(Syllable syllable) {
    return " " + prefix + syllable.number();
  }
}
