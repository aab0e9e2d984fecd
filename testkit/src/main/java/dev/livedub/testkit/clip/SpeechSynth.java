package dev.livedub.testkit.clip;

import java.util.Random;

/**
 * Speech-like sound: a pulse train through three formant resonators, syllable by syllable.
 *
 * <p><b>Threading</b>: not for use by several threads.
 */
final class SpeechSynth {
  /** How many vowels there are. */
  static final int VOWELS = 5;

  private static final double[][] FORMANTS_HZ = {
    {730, 1_190, 2_440},
    {530, 1_840, 2_480},
    {300, 2_200, 2_900},
    {570, 840, 2_410},
    {320, 900, 2_240}
  };
  private static final double[] BANDWIDTHS_HZ = {80, 100, 140};
  private static final double[] GAINS = {1.0, 0.5, 0.25};
  private static final double LEVEL = 0.09;
  private static final double BREATH = 0.035;

  private final int sampleRateHz;
  private final SpeechPlan plan;
  private final Random breath;
  private final double[][][] vowels = new double[VOWELS][3][];
  private final double[] last = new double[3];
  private final double[] beforeLast = new double[3];
  private SpeechPlan.Phrase phrase;
  private int syllable;
  private double pulsePhase;

  SpeechSynth(int sampleRateHz, long seed) {
    this.sampleRateHz = sampleRateHz;
    plan = new SpeechPlan(seed);
    breath = new Random(seed);
    for (int vowel = 0; vowel < VOWELS; vowel++) {
      for (int formant = 0; formant < 3; formant++) {
        vowels[vowel][formant] = resonator(vowel, formant, sampleRateHz);
      }
    }
    phrase = plan.next();
  }

  /** The sample at {@code micros}; called once for each sample, in order. */
  double at(double micros) {
    while (micros >= phrase.syllables().get(syllable).endMicros()) {
      if (++syllable == phrase.syllables().size()) {
        phrase = plan.next();
        syllable = 0;
      }
    }
    SpeechPlan.Syllable now = phrase.syllables().get(syllable);
    if (micros < now.startMicros()) {
      rest();
      return 0;
    }
    double part = (micros - now.startMicros()) / (now.endMicros() - now.startMicros());
    double envelope = Math.sqrt(Math.sin(Math.PI * part));
    return LEVEL * envelope * voiced(now, part);
  }

  private double voiced(SpeechPlan.Syllable now, double part) {
    pulsePhase += now.pitchHz() * (1.05 - 0.1 * part) / sampleRateHz;
    double excitation = BREATH * (breath.nextInt(2_001) - 1_000) / 1_000;
    if (pulsePhase >= 1) {
      pulsePhase -= 1;
      excitation += 1;
    }
    double sum = 0;
    double[][] resonators = vowels[now.vowel()];
    for (int i = 0; i < last.length; i++) {
      double[] resonator = resonators[i];
      double out = excitation + resonator[0] * last[i] + resonator[1] * beforeLast[i];
      beforeLast[i] = last[i];
      last[i] = out;
      sum += resonator[2] * out;
    }
    return Math.max(-4, Math.min(4, 3 * sum));
  }

  /** Feedback of the last and the last but one sample, and gain, of a two-pole resonator. */
  private static double[] resonator(int vowel, int formant, int sampleRateHz) {
    double radius = Math.exp(-Math.PI * BANDWIDTHS_HZ[formant] / sampleRateHz);
    double turn = 2 * Math.PI * FORMANTS_HZ[vowel][formant] / sampleRateHz;
    // The sine undoes the gain that a resonator has at a low frequency.
    return new double[] {
      2 * radius * Math.cos(turn), -radius * radius, GAINS[formant] * Math.sin(turn)
    };
  }

  private void rest() {
    for (int i = 0; i < last.length; i++) {
      last[i] = 0;
      beforeLast[i] = 0;
    }
    pulsePhase = 0;
  }
}
