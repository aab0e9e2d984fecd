package dev.livedub.testkit.clip;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * When the speech-like sound speaks: phrases of syllables, with pauses. From a seed, without end.
 */
final class SpeechPlan {
  private static final long FIRST_MICROS = 300_000;

  private final Random random;
  private long atMicros = FIRST_MICROS;

  SpeechPlan(long seed) {
    random = new Random(seed ^ 0x5EEC4L);
  }

  /**
   * One syllable.
   *
   * @param vowel which of the synthesiser's vowels
   * @param pitchHz pitch at its middle
   */
  record Syllable(long startMicros, long endMicros, int vowel, double pitchHz) {}

  /** Syllables without a pause that a listener would take for an end. */
  record Phrase(List<Syllable> syllables) {

    long startMicros() {
      return syllables.get(0).startMicros();
    }

    long endMicros() {
      return syllables.get(syllables.size() - 1).endMicros();
    }
  }

  /** The next phrase. */
  Phrase next() {
    int count = 6 + random.nextInt(8);
    List<Syllable> syllables = new ArrayList<>(count);
    double pitchHz = 115 + random.nextInt(50);
    for (int i = 0; i < count; i++) {
      long length = 130_000 + random.nextInt(110_000);
      double fallingPitchHz = pitchHz * (1.12 - 0.25 * i / count) + random.nextInt(12);
      int vowel = random.nextInt(SpeechSynth.VOWELS);
      syllables.add(new Syllable(atMicros, atMicros + length, vowel, fallingPitchHz));
      atMicros += length + 20_000 + random.nextInt(50_000);
    }
    atMicros += 450_000 + random.nextInt(600_000);
    return new Phrase(syllables);
  }
}
