package dev.livedub.core.dub;

import dev.livedub.core.dub.PhraseMatcher.Verdict;
import dev.livedub.core.pcm.TempoChanger;
import dev.livedub.core.pcm.VoiceActivity;
import dev.livedub.core.time.Samples;
import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Puts a translator's utterances under the lips that said them, where the translator only estimates
 * what it translates.
 *
 * <p>The voice is cut into phrases at its pauses. A phrase that is matched with one of the source
 * begins where that begins, if it came in time and what was said before it has ended; else as soon
 * as it can. What is matched with nothing follows in its own rhythm. Corrections are made in pauses
 * only: a pause that is too long is filled no further, one that leaves the voice behind is
 * shortened. Where a translation is longer than the room there is for it, it is said faster, by a
 * quarter at most, and only as long as it waits far enough ahead of what is on air.
 *
 * <p><b>Threading:</b> none; its owner sees to that.
 */
final class VoicePlanner {

  /** A pause in the voice that may end a phrase: 180 ms, a little less than the source's. */
  static final int PAUSE_PARTS = 9;

  /** What of a pause always follows the voice, as it may be its decay: 60 ms. */
  static final int DECAY_PARTS = 3;

  /** What of a pause goes with the voice after it, as it may be its onset: 40 ms. */
  static final int PRE_ROLL_PARTS = 2;

  /** A phrase that is late already waits so much longer, so that it is not broken: 150 ms. */
  static final long LATE_RESERVE_SAMPLES = 7_200;

  /** Nothing is sped up that lies nearer to what is on air: 700 ms. */
  static final long TEMPO_RESERVE_SAMPLES = 33_600;

  /** In a pause, lag below this is left alone: 80 ms. */
  static final long TOLERATED_SAMPLES = 3_840;

  private static final int PART_SAMPLES =
      DubAudio.SAMPLE_RATE_HZ * VoiceActivity.PART_MILLIS / 1_000;
  private static final long PART_MICROS = VoiceActivity.PART_MILLIS * 1_000L;

  /** Pauses held back: no utterance has a longer one. */
  private static final int HELD_SAMPLES = DubAudio.SAMPLE_RATE_HZ / 2;

  /** Told what was laid where. */
  interface Listener {

    /** Voice that lies there now. */
    void laid(short[] voice, int samples, long position);

    /** A phrase whose source is known lies that far behind it, or before it if negative. */
    void begun(long onsetSample, long lagSamples);
  }

  private final DubTrack track;
  private final SourcePhrases source;
  private final Listener listener;
  private final PhraseMatcher matcher = new PhraseMatcher();
  private final TempoPlan tempo = new TempoPlan();
  private final DubLeveller leveller = new DubLeveller();
  private final TempoChanger changer = new TempoChanger();
  private final short[] changed = new short[TempoChanger.MAX_PIECE + TempoChanger.HOLD];

  private VoiceActivity activity = VoiceActivity.alone();
  private short[] run = new short[TempoChanger.MAX_PIECE];
  private int runSamples;
  private long runVoicedMicros;
  private final short[] held = new short[HELD_SAMPLES];
  private int heldSamples;
  private int quietParts;
  private boolean afterGap = true;
  private long estimateMicros;
  private long saidMicros;
  private long nextSample = Long.MIN_VALUE / 2;

  VoicePlanner(DubTrack track, SourcePhrases source, Listener listener) {
    this.track = track;
    this.source = source;
    this.listener = listener;
  }

  /**
   * Takes voice.
   *
   * @param sourceMicros where the translator thinks that its source lies
   * @param place whether an utterance begins with it
   */
  void add(short[] voice, long sourceMicros, DubAudio.Place place) {
    if (place != DubAudio.Place.GOES_ON) {
      endPhrase();
      heldSamples = 0;
      quietParts = 0;
      afterGap = true;
    }
    if (place == DubAudio.Place.BEGINS_ANEW) {
      matcher.forgetBias();
    }
    estimateMicros = sourceMicros;
    for (int from = 0; from < voice.length; from += PART_SAMPLES) {
      int samples = Math.min(PART_SAMPLES, voice.length - from);
      part(voice, from, samples, activity.isActive(voice, from, from + samples));
      estimateMicros += samples * 1_000_000L / DubAudio.SAMPLE_RATE_HZ;
    }
    lay();
  }

  /** Another translator speaks from now on. */
  void passOn() {
    endPhrase();
    heldSamples = 0;
    afterGap = true;
    activity = VoiceActivity.alone();
    matcher.forget();
    saidMicros = 0;
  }

  /** Where voice that came now would lie, on the output timeline. */
  long writePosition() {
    return Math.max(nextSample, track.earliest());
  }

  private void part(short[] voice, int from, int samples, boolean active) {
    if (active) {
      if (afterGap || quietParts >= PAUSE_PARTS) {
        beginPhrase();
      }
      release(heldSamples);
      append(voice, from, samples);
      runVoicedMicros += PART_MICROS;
      quietParts = 0;
      afterGap = false;
    } else if (++quietParts <= DECAY_PARTS && !afterGap) {
      append(voice, from, samples);
    } else {
      if (quietParts == DECAY_PARTS + 1) {
        endPhrase();
      }
      hold(voice, from, samples);
    }
  }

  /** The voice that comes now begins a phrase; what is held is the pause before it. */
  private void beginPhrase() {
    endPhrase();
    int preRoll = Math.min(heldSamples, PRE_ROLL_PARTS * PART_SAMPLES);
    long quietSamples = 2L * (heldSamples - preRoll);
    System.arraycopy(held, heldSamples - preRoll, held, 0, preRoll);
    heldSamples = preRoll;
    List<Phrase> known = source.known();
    Verdict verdict =
        matcher.match(known, estimateMicros, saidMicros, quietParts * PART_MICROS, afterGap);
    long earliest = earliest();
    leveller.beginPhrase(
        verdict instanceof Verdict.Begins begun ? begun.phrase().lufs() : Double.NaN);
    if (verdict instanceof Verdict.Begins begins) {
      saidMicros = 0;
      long onsetSample = Samples.atMicros(begins.phrase().onsetMicros());
      nextSample = Math.max(onsetSample - 2L * preRoll, earliest);
      long begunSample = nextSample + 2L * preRoll;
      listener.begun(begunSample, begunSample - onsetSample);
    } else if (verdict instanceof Verdict.GoesOn) {
      nextSample = goOn(known, quietSamples, 2L * preRoll, earliest);
    } else if (afterGap) {
      long placeMicros = matcher.unbiased(estimateMicros);
      nextSample = Math.max(Samples.atMicros(placeMicros) - 2L * preRoll, earliest);
    } else {
      nextSample = Math.max(nextSample + quietSamples, earliest);
    }
  }

  /** Where voice goes on after a pause: in its own rhythm, sooner if it is behind. */
  private long goOn(List<Phrase> known, long quietSamples, long preRollSamples, long earliest) {
    Optional<SourceView> view = matcher.view(known);
    if (view.isEmpty()) {
      return Math.max(nextSample + quietSamples, earliest);
    }
    long placeMicros = view.get().positionAfter((long) (saidMicros / matcher.ratio()));
    long place = Samples.atMicros(placeMicros) - preRollSamples;
    if (afterGap) {
      return Math.max(place, earliest);
    }
    long behind = nextSample + quietSamples - place - TOLERATED_SAMPLES;
    long pause = quietSamples - Math.max(0, Math.min(quietSamples, behind));
    return Math.max(nextSample + pause, earliest);
  }

  /** The earliest that a phrase can begin. */
  private long earliest() {
    long reachable = track.earliest();
    return nextSample >= reachable
        ? nextSample
        : Math.max(nextSample, reachable + LATE_RESERVE_SAMPLES);
  }

  private void endPhrase() {
    lay();
    int samples = changer.flush(changed);
    place(samples);
  }

  /** Lays what has been gathered. */
  private void lay() {
    if (runSamples == 0) {
      return;
    }
    double factor =
        nextSample - track.earliest() < TEMPO_RESERVE_SAMPLES
            ? tempo.rest()
            : tempo.next(
                matcher.view(source.known()),
                matcher.ratio(),
                saidMicros,
                Samples.toMicros(nextSample));
    int done = 0;
    while (done < runSamples) {
      int samples = Math.min(TempoChanger.MAX_PIECE, runSamples - done);
      place(changer.process(run, done, samples, factor, changed));
      done += samples;
    }
    saidMicros += runVoicedMicros;
    runVoicedMicros = 0;
    runSamples = 0;
  }

  private void place(int samples) {
    if (samples > 0) {
      short[] voice = Arrays.copyOf(changed, samples);
      leveller.level(voice, samples);
      long position = track.place(voice, nextSample);
      if (position == DubTrack.NOWHERE) {
        return;
      }
      listener.laid(voice, samples, position);
      nextSample = position + 2L * samples;
    }
  }

  private void append(short[] voice, int from, int samples) {
    if (run.length < runSamples + samples) {
      run = Arrays.copyOf(run, 2 * run.length);
    }
    System.arraycopy(voice, from, run, runSamples, samples);
    runSamples += samples;
  }

  private void hold(short[] voice, int from, int samples) {
    int drop = Math.max(0, heldSamples + samples - HELD_SAMPLES);
    System.arraycopy(held, drop, held, 0, heldSamples - drop);
    heldSamples -= drop;
    System.arraycopy(voice, from, held, heldSamples, samples);
    heldSamples += samples;
  }

  private void release(int samples) {
    append(held, 0, samples);
    heldSamples = 0;
  }
}
