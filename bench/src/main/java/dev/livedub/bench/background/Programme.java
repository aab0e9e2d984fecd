package dev.livedub.bench.background;

import java.util.Locale;

/**
 * A voice over a background, and both apart: interleaved stereo, in 16-bit units.
 *
 * @param below how far the background lies below the voice, in dB
 */
record Programme(Layout layout, int below, float[] voice, float[] background) {

  /** RMS of the voice: −22 dBFS. */
  private static final double VOICE_RMS = 2_600;

  /** How the voice lies in the sound. */
  enum Layout {
    /** In the middle, over a background as wide as it was recorded. */
    CENTRED(1, 1, false),
    /** A little to the left: 2.3 dB. */
    OFF_CENTRE(1.12f, 0.86f, false),
    /** All in the middle. */
    MONO(1, 1, true);

    private final float left;
    private final float right;
    private final boolean mono;

    Layout(float left, float right, boolean mono) {
      this.left = left;
      this.right = right;
      this.mono = mono;
    }

    String title() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** Lays a voice over as much of a background. */
  static Programme of(Recording speech, Recording music, Layout layout, int below) {
    float voiceGain = (float) (VOICE_RMS / speech.rms());
    float musicGain = (float) (VOICE_RMS / music.rms() * Math.pow(10, -below / 20.0));
    float[] voice = new float[Math.min(speech.stereo().length, music.stereo().length)];
    float[] background = new float[voice.length];
    for (int i = 0; i < voice.length; i += 2) {
      voice[i] = speech.stereo()[i] * voiceGain * layout.left;
      voice[i + 1] = speech.stereo()[i + 1] * voiceGain * layout.right;
      float left = music.stereo()[i] * musicGain;
      float right = music.stereo()[i + 1] * musicGain;
      background[i] = layout.mono ? (left + right) / 2 : left;
      background[i + 1] = layout.mono ? (left + right) / 2 : right;
    }
    return new Programme(layout, below, voice, background);
  }

  /** Both together, rounded and kept within 16 bits. */
  short[] mixed() {
    short[] mix = new short[voice.length];
    for (int i = 0; i < mix.length; i++) {
      float sum = Math.round(voice[i] + background[i]);
      mix[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sum));
    }
    return mix;
  }

  /** The same background without anybody speaking. */
  Programme silenced() {
    return new Programme(layout, below, new float[voice.length], background);
  }
}
