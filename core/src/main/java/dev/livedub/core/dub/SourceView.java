package dev.livedub.core.dub;

import java.util.List;
import java.util.OptionalLong;

/**
 * The source's phrases from the one on that a dub was last matched with, as far as they are known.
 * How far a dub has got in them is counted in voice, pauses left out.
 *
 * @param phrases the first is the one it was matched with; at least one
 */
record SourceView(List<Phrase> phrases) {

  /** Phrases with less between them are said in one breath: 350 ms. */
  static final long BREATH_MICROS = 350_000;

  /** Voice before a phrase. */
  long voicedBefore(int index) {
    long voicedMicros = 0;
    for (int i = 0; i < index; i++) {
      voicedMicros += phrases.get(i).voicedMicros();
    }
    return voicedMicros;
  }

  /** Where the source is after so much voice. */
  long positionAfter(long voicedMicros) {
    long left = voicedMicros;
    for (Phrase phrase : phrases) {
      if (left < phrase.voicedMicros()) {
        double share = (double) left / phrase.voicedMicros();
        return phrase.onsetMicros() + (long) (share * (phrase.endMicros() - phrase.onsetMicros()));
      }
      left -= phrase.voicedMicros();
    }
    return phrases.get(phrases.size() - 1).endMicros() + left;
  }

  /** Whether somebody still speaks. */
  boolean isOpen() {
    return phrases.get(phrases.size() - 1).open();
  }

  /** How many phrases from the first on are said in one breath. */
  int breath() {
    int count = 1;
    while (count < phrases.size()
        && phrases.get(count).onsetMicros() - phrases.get(count - 1).endMicros() < BREATH_MICROS) {
      count++;
    }
    return count;
  }

  /** Onset of what is said after this breath; empty if it is not known yet. */
  OptionalLong nextOnset() {
    int breath = breath();
    return breath < phrases.size()
        ? OptionalLong.of(phrases.get(breath).onsetMicros())
        : OptionalLong.empty();
  }
}
