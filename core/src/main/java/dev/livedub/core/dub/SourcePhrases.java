package dev.livedub.core.dub;

import dev.livedub.core.loudness.KWeighting;
import dev.livedub.core.loudness.Loudness;
import dev.livedub.core.pcm.VoiceActivity;
import dev.livedub.core.translate.SpeechChunk;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The phrases of the source, found by energy as its sound comes in.
 *
 * <p>Bounded: of more than {@link #KEPT}, the oldest are forgotten.
 *
 * <p><b>Threading:</b> any thread; one short lock.
 */
final class SourcePhrases {

  /** Phrases kept: more than a minute of the shortest. */
  static final int KEPT = 128;

  /** A pause this long ends a phrase: 200 ms; stops within words are shorter. */
  static final int PAUSE_PARTS = 200 / VoiceActivity.PART_MILLIS;

  /** A phrase begins with this much voice: 40 ms, which is longer than a click. */
  static final int ONSET_PARTS = 2;

  private static final int PART_SAMPLES =
      SpeechChunk.SAMPLE_RATE_HZ * VoiceActivity.PART_MILLIS / 1_000;
  private static final long PART_MICROS = VoiceActivity.PART_MILLIS * 1_000L;

  /** Voice over which loudness is measured, as short-term loudness is: 3 s. */
  static final int LOUDNESS_PARTS = 3_000 / VoiceActivity.PART_MILLIS;

  private final KWeighting weighting = new KWeighting(SpeechChunk.SAMPLE_RATE_HZ);
  private final double[] powers = new double[LOUDNESS_PARTS];
  private int voicedParts;
  private double powerSum;
  private final VoiceActivity activity = VoiceActivity.amongOthers();
  private final Deque<Phrase> phrases = new ArrayDeque<>();
  private long phraseNumber;
  private long heardMicros = Long.MIN_VALUE;
  private boolean speaking;
  private int rising;
  private int quiet;
  private long onsetMicros;
  private long endMicros;
  private long voicedMicros;

  /** Takes the next source sound. */
  synchronized void hear(SpeechChunk chunk) {
    if (chunk.mediaMicros() != heardMicros) {
      end();
    }
    short[] samples = chunk.samples();
    long atMicros = chunk.mediaMicros();
    for (int from = 0; from + PART_SAMPLES <= samples.length; from += PART_SAMPLES) {
      boolean active = activity.isActive(samples, from, from + PART_SAMPLES);
      double power = power(samples, from);
      if (active) {
        listen(power);
      }
      part(atMicros, active);
      atMicros += PART_MICROS;
    }
    heardMicros = chunk.endMicros();
  }

  /** All that are known, oldest first, the one that is going on last. */
  synchronized List<Phrase> known() {
    if (!speaking) {
      return List.copyOf(phrases);
    }
    Deque<Phrase> all = new ArrayDeque<>(phrases);
    all.addLast(new Phrase(phraseNumber, onsetMicros, endMicros, voicedMicros, lufs(), true));
    return List.copyOf(all);
  }

  /** Mean square of a part, weighted; silence is weighted too, as the filter goes on. */
  private double power(short[] samples, int from) {
    double sum = 0;
    for (int i = from; i < from + PART_SAMPLES; i++) {
      double weighted = weighting.next(samples[i]);
      sum += weighted * weighted;
    }
    return sum / PART_SAMPLES;
  }

  private void listen(double power) {
    int at = voicedParts++ % LOUDNESS_PARTS;
    powerSum += power - powers[at];
    powers[at] = power;
  }

  private double lufs() {
    return Loudness.lufsInBoth(Math.max(0, powerSum) / Math.min(voicedParts, LOUDNESS_PARTS));
  }

  private void part(long atMicros, boolean active) {
    if (speaking) {
      goOn(atMicros, active);
      return;
    }
    rising = active ? rising + 1 : 0;
    if (rising == ONSET_PARTS) {
      speaking = true;
      quiet = 0;
      onsetMicros = atMicros - (ONSET_PARTS - 1) * PART_MICROS;
      endMicros = atMicros + PART_MICROS;
      voicedMicros = ONSET_PARTS * PART_MICROS;
    }
  }

  private void goOn(long atMicros, boolean active) {
    if (active) {
      quiet = 0;
      endMicros = atMicros + PART_MICROS;
      voicedMicros += PART_MICROS;
    } else if (++quiet == PAUSE_PARTS) {
      end();
    }
  }

  private void end() {
    rising = 0;
    if (speaking) {
      speaking = false;
      phrases.addLast(
          new Phrase(phraseNumber++, onsetMicros, endMicros, voicedMicros, lufs(), false));
      if (phrases.size() > KEPT) {
        phrases.removeFirst();
      }
    }
  }
}
