package dev.livedub.testkit.clip;

import dev.livedub.testkit.gemini.voice.MarkedSource;
import org.jspecify.annotations.Nullable;

/**
 * The sound of a clip as samples: beeps, speech-like phrases and a quiet chord beneath; or marked
 * speech, with or without beeps high above it, and the chord; and music, if it is asked for.
 *
 * <p><b>Threading</b>: not for use by several threads. Calls give successive stretches of sound.
 */
public final class SoundSynth {
  /** Pitch of the beeps among speech. */
  public static final int BEEP_HZ = 1_000;

  /** Pitch of the beeps above speech: what is resampled to 16 kHz for an interpreter lacks it. */
  public static final int HIGH_BEEP_HZ = 10_000;

  /** Length of the beeps. */
  public static final int BEEP_MICROS = 50_000;

  private static final double BEEP_LEVEL = 0.4;
  private static final double HIGH_BEEP_LEVEL = 0.08;
  private static final double BEEP_RAMP_MICROS = 500;
  private static final double HUSH_BEFORE_MICROS = 70_000;
  private static final double HUSH_AFTER_MICROS = 120_000;
  private static final double HUSH_RAMP_MICROS = 10_000;

  private final int sampleRateHz;
  private final int channels;
  private final long shiftMicros;
  private final FrameRate markRate;
  private final SpeechSynth speech;
  private final ChordSynth chord;
  private final @Nullable MarkedSource marked;
  private final boolean beepsAboveSpeech;
  private final double musicRms;
  private long position;
  private long markSecond = 1;
  private double markMicros;

  /** The sound of {@code spec}, from media time 0 whatever its start; it must have one. */
  public SoundSynth(ClipSpec spec) {
    SoundSpec sound = spec.sound().orElseThrow();
    sampleRateHz = sound.sampleRateHz();
    channels = sound.channels();
    shiftMicros = sound.shiftMicros();
    markRate = spec.markRate();
    markMicros = micros(markSecond);
    speech = new SpeechSynth(sampleRateHz, spec.seed());
    chord = new ChordSynth(sampleRateHz, channels);
    beepsAboveSpeech = sound.beeps() == SoundSpec.Beeps.ABOVE_SPEECH;
    musicRms = sound.musicRms();
    marked =
        sound
            .markedSpeech()
            .map(pattern -> new MarkedSource(sampleRateHz, spec.seed(), pattern))
            .orElse(null);
  }

  /** The next sample's number; it lies at media time {@code position / sampleRateHz}. */
  public long position() {
    return position;
  }

  /** Fills {@code interleaved} with the next {@code length / channels} samples a channel. */
  public void render(float[] interleaved) {
    for (int at = 0; at < interleaved.length; at += channels) {
      double micros = position * 1e6 / sampleRateHz - shiftMicros;
      while (micros > markMicros + HUSH_AFTER_MICROS + HUSH_RAMP_MICROS) {
        markMicros = micros(++markSecond);
      }
      double voice = voice(micros);
      double music = musicRms == 0 ? 0 : musicRms * MusicSynth.at(position, sampleRateHz);
      chord.advance();
      for (int c = 0; c < channels; c++) {
        interleaved[at + c] = (float) (share(c) * (voice + music) + chord.at(c));
      }
      position++;
    }
  }

  private double voice(double micros) {
    if (marked == null) {
      return beep(micros, BEEP_LEVEL, BEEP_HZ) + hush(micros) * speech.at(micros);
    }
    float spoken = marked.sample(position - shiftMicros * sampleRateHz / 1_000_000);
    return beepsAboveSpeech ? beep(micros, HIGH_BEEP_LEVEL, HIGH_BEEP_HZ) + spoken : spoken;
  }

  private double micros(long second) {
    return markRate.markTicks(second) * 1e6 / FrameRate.CLOCK_HZ;
  }

  private double beep(double micros, double level, int pitchHz) {
    double since = micros - markMicros;
    if (since < 0 || since >= BEEP_MICROS) {
      return 0;
    }
    double edge = Math.min(1, Math.min(since, BEEP_MICROS - since) / BEEP_RAMP_MICROS);
    return level * edge * Math.sin(2 * Math.PI * pitchHz * since / 1e6);
  }

  /** Speech keeps away from the beeps, so that both can be measured. */
  private double hush(double micros) {
    double from = markMicros - HUSH_BEFORE_MICROS - micros;
    double after = micros - markMicros - HUSH_AFTER_MICROS;
    return Math.max(0, Math.min(1, Math.max(from, after) / HUSH_RAMP_MICROS));
  }

  /** Voice is full in front, and half as loud in the further channels of a larger layout. */
  private static double share(int channel) {
    return channel < 3 ? 1 : 0.5;
  }
}
