package dev.livedub.testkit.gemini.voice;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Listens for the syllables of one voice and says which numbers it heard, when, and how loud.
 *
 * <p>Made for sound of any origin: 16 kHz on its way to an interpreter, its answer at 24 kHz, a mix
 * at 44.1 or 48 kHz that went through a codec. Silence, noise, music and the other voice give no
 * marks. A syllable of which less than about 200 ms can be heard may be missed.
 *
 * <p><b>Threading</b>: not for use by several threads.
 */
public final class MarkedSpeechReader {

  private static final int WINDOW_PERIODS = 8;
  private static final int FINE_PERIODS = 2;
  private static final double CLEAR = 4;
  private static final double QUIETEST_POWER = 1e-8;
  private static final int LEAST_READINGS = 3;
  private static final int GAP_READINGS = 6;
  private static final int RING_PERIODS = 128;
  private static final int STEPS_A_PERIOD = 4;
  private static final int MAX_STEPS = 24 * STEPS_A_PERIOD;

  private final int sampleRateHz;
  private final MarkedVoice voice;
  private final int period;
  private final SampleRing ring;
  private final SpectrumWindow coarse;
  private final SpectrumWindow fine;
  private final List<Mark> marks = new ArrayList<>();
  private long nextLook;
  private int number;
  private int readings;
  private int misses;
  private long firstCentre;
  private long lastCentre;

  /**
   * A reader that has heard nothing.
   *
   * @param sampleRateHz of what it will be fed; from 16,000 up, a multiple of 100
   */
  public MarkedSpeechReader(int sampleRateHz, MarkedVoice voice) {
    if (sampleRateHz < 16_000 || sampleRateHz % 100 != 0) {
      throw new IllegalArgumentException("sampleRateHz " + sampleRateHz);
    }
    this.sampleRateHz = sampleRateHz;
    this.voice = voice;
    period = sampleRateHz / MarkedVoice.GRID_HZ;
    ring = new SampleRing(RING_PERIODS * period);
    coarse = new SpectrumWindow(sampleRateHz, WINDOW_PERIODS);
    fine = new SpectrumWindow(sampleRateHz, FINE_PERIODS);
    nextLook = coarse.samples();
  }

  /** Everything that is said in a piece of mono sound. */
  public static List<Mark> read(short[] mono, int sampleRateHz, MarkedVoice voice) {
    MarkedSpeechReader reader = new MarkedSpeechReader(sampleRateHz, voice);
    reader.feed(mono);
    return reader.finish();
  }

  /** Everything that is said in a piece of stereo sound, both channels together. */
  public static List<Mark> readStereo(short[] interleaved, int sampleRateHz, MarkedVoice voice) {
    short[] mono = new short[interleaved.length / 2];
    for (int i = 0; i < mono.length; i++) {
      mono[i] = (short) ((interleaved[2 * i] + interleaved[2 * i + 1]) >> 1);
    }
    return read(mono, sampleRateHz, voice);
  }

  /** Hears the next samples, 16-bit. */
  public void feed(short[] mono) {
    for (short sample : mono) {
      hear(sample / 32_768f);
    }
  }

  /** Hears the next samples, from -1 to 1. */
  public void feed(float[] mono) {
    for (float sample : mono) {
      hear(sample);
    }
  }

  /** How much it has heard. */
  public long heardMicros() {
    return micros(ring.end());
  }

  /**
   * The marks that ended since this was last asked; the last 300 ms are still being listened to.
   */
  public List<Mark> take() {
    List<Mark> taken = List.copyOf(marks);
    marks.clear();
    return taken;
  }

  /** Ends with what was fed so far, and gives what {@link #take} has not. */
  public List<Mark> finish() {
    feed(new float[coarse.samples() + GAP_READINGS * period]);
    return take();
  }

  private void hear(float sample) {
    ring.add(sample);
    if (ring.end() == nextLook) {
      nextLook += period;
      reading(ring.end() - coarse.samples() / 2, read());
    }
  }

  private OptionalInt read() {
    if (coarse.look(ring, ring.end() - coarse.samples()) < QUIETEST_POWER) {
      return OptionalInt.empty();
    }
    int[] digits = new int[MarkCode.GROUPS];
    for (int group = 0; group < MarkCode.GROUPS; group++) {
      digits[group] = digit(group);
      if (digits[group] < 0) {
        return OptionalInt.empty();
      }
    }
    return MarkCode.number(digits);
  }

  /** Which partial of a group stands out; negative if none does clearly. */
  private int digit(int group) {
    double best = 0;
    double second = 0;
    int digit = 0;
    for (int i = 0; i < MarkCode.GROUP_PARTIALS; i++) {
      double power = coarse.power(voice.harmonic(group * MarkCode.GROUP_PARTIALS + i));
      if (power > best) {
        second = best;
        best = power;
        digit = i;
      } else {
        second = Math.max(second, power);
      }
    }
    return best > CLEAR * second ? digit : -1;
  }

  private void reading(long centre, OptionalInt heard) {
    if (heard.isPresent() && readings > 0 && heard.getAsInt() == number) {
      readings++;
      misses = 0;
      lastCentre = centre;
      return;
    }
    if (readings > 0 && (++misses >= GAP_READINGS || heard.isPresent())) {
      closeRun();
    }
    if (heard.isPresent()) {
      number = heard.getAsInt();
      readings = 1;
      misses = 0;
      firstCentre = centre;
      lastCentre = centre;
    }
  }

  private void closeRun() {
    if (readings >= LEAST_READINGS) {
      // The first and the last reading may be of windows whose centre is outside.
      long middle = (firstCentre + lastCentre) / 2;
      double plateau = power(middle);
      long start = edge(middle, -1, plateau) - millis(MarkedSpeech.RISE_MILLIS) / 2;
      long end = edge(middle, 1, plateau) + millis(MarkedSpeech.FALL_MILLIS) / 2;
      marks.add(
          new Mark(
              number,
              micros(Math.max(0, start)),
              micros(Math.min(ring.end(), end)),
              10 * Math.log10(plateau)));
    }
    readings = 0;
  }

  /** Where, from a sample inside the syllable on, its envelope has fallen to half. */
  private long edge(long from, int direction, double plateau) {
    int step = period / STEPS_A_PERIOD;
    long at = from;
    double last = Math.sqrt(power(at));
    double half = Math.sqrt(plateau) / 2;
    for (int i = 0; i < MAX_STEPS; i++) {
      double next = Math.sqrt(power(at + (long) direction * step));
      if (next < half) {
        double part = (last - half) / (last - next);
        return at + Math.round(direction * part * step);
      }
      at += (long) direction * step;
      last = next;
    }
    return at;
  }

  /** Mean square of the run's marked partials around a sample. */
  private double power(long centre) {
    fine.look(ring, centre - fine.samples() / 2);
    int[] digits = MarkCode.digits(number);
    double power = 0;
    for (int group = 0; group < MarkCode.GROUPS; group++) {
      power += fine.power(voice.harmonic(group * MarkCode.GROUP_PARTIALS + digits[group]));
    }
    return power;
  }

  private long millis(int millis) {
    return (long) sampleRateHz * millis / 1_000;
  }

  private long micros(long sample) {
    return sample * 1_000_000 / sampleRateHz;
  }
}
