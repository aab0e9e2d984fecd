package dev.livedub.core.background;

import java.util.Arrays;

/**
 * Tells the voice in one frame of sound from everything else, and hands it back as samples.
 *
 * <p>The sound is taken apart into centre, {@code (L + R) / 2}, and sides, {@code (L − R) / 2}. A
 * broadcast's voice is in the centre, or near it: {@link VoicePosition} says where, and what the
 * sides hold of it is taken out of them before {@link MaskNetwork} looks at both. The voice is the
 * part of the centre that the mask leaves out, with the centre's phases.
 *
 * <p>Frames are weighted with the root of a Hann window before and after, so that frames {@link
 * #HOP} apart add up to what went in.
 *
 * <p><b>Threading:</b> one thread.
 */
final class VoiceSpectrum {

  /** Frames looked at at once: 43 ms. */
  static final int FRAME = 2_048;

  /** From one frame to the next: 11 ms. */
  static final int HOP = FRAME / 4;

  private static final int BINS = FRAME / 2 + 1;

  /** Levels are learnt for this scale of a spectrum whose samples reach from −1 to 1. */
  private static final float SPECTRUM_SCALE = 1f / 32;

  private static final float LEAST_POWER = 1e-9f;

  /** What windows {@link #HOP} apart add up to. */
  private static final float WINDOW_SUM = 2;

  private static final float FULL_SCALE = 32_768;

  /**
   * Where there surely is a voice, the mask counts to the power of one and this: more of the voice
   * goes, and a little more of the background. Where there is none, it counts as it is.
   */
  private static final double STEEPER_FOR_VOICE = 3;

  private final ComplexFft fft = new ComplexFft(FRAME);
  private final FrequencyBands bands = new FrequencyBands(BINS);
  private final MaskNetwork network = new MaskNetwork(MaskWeights.shipped());
  private final VoicePosition position = new VoicePosition();
  private final float[] window = new float[FRAME];
  private final float[] re = new float[FRAME];
  private final float[] im = new float[FRAME];
  private Half centre = new Half();
  private Half sides = new Half();
  private Half centreBefore = new Half();
  private Half sidesBefore = new Half();
  private final float[] power = new float[BINS];
  private final float[] levels = new float[2 * bands.count()];
  private final float[] mask = new float[bands.count()];
  private float keptPower;
  private float heardPower;

  /** The spectrum of real samples: from 0 to half the sample rate. */
  private record Half(float[] re, float[] im) {
    Half() {
      this(new float[BINS], new float[BINS]);
    }

    void clear() {
      Arrays.fill(re, 0);
      Arrays.fill(im, 0);
    }

    float power(int bin) {
      return re[bin] * re[bin] + im[bin] * im[bin];
    }
  }

  VoiceSpectrum() {
    for (int i = 0; i < FRAME; i++) {
      window[i] = (float) Math.sin(Math.PI * i / FRAME);
    }
  }

  /** Begins anew with another stretch of the same sound: where the voice lies is kept. */
  void reset() {
    network.reset();
    centre.clear();
    sides.clear();
  }

  /**
   * Takes the next frame, {@link #HOP} after the one before.
   *
   * @param mid samples of the centre, {@link #FRAME} of them, 16-bit units
   * @param side the same of the sides
   * @param voice gets the centre's part of the voice in the frame <em>before</em>, weighted, to be
   *     added up; nothing useful at the first frame
   * @return how far to the left the voice lies: its part of the sides is so many times that
   */
  float next(float[] mid, float[] side, float[] voice) {
    analyse(mid, side);
    float place = position.ofSides();
    fillLevels(place);
    float voiceLikelihood = network.next(levels, mask);
    double steepness = 1 + STEEPER_FOR_VOICE * voiceLikelihood;
    for (int band = 0; band < mask.length; band++) {
      mask[band] = (float) Math.pow(mask[band], steepness);
    }
    removeBackground(place, voiceLikelihood);
    synthesise(voice);
    return place;
  }

  /** Power of the sound in the frame before, in any unit. */
  float heardPower() {
    return heardPower;
  }

  /** Power of what is left of it. */
  float keptPower() {
    return keptPower;
  }

  /** Both spectra by one transform: of {@code mid + i·side}. */
  private void analyse(float[] mid, float[] side) {
    Half free = centreBefore;
    centreBefore = centre;
    centre = free;
    free = sidesBefore;
    sidesBefore = sides;
    sides = free;
    float scale = SPECTRUM_SCALE / FULL_SCALE;
    for (int i = 0; i < FRAME; i++) {
      re[i] = mid[i] * window[i] * scale;
      im[i] = side[i] * window[i] * scale;
    }
    fft.forward(re, im);
    for (int bin = 0; bin < BINS; bin++) {
      int mirror = (FRAME - bin) % FRAME;
      centre.re[bin] = (re[bin] + re[mirror]) / 2;
      centre.im[bin] = (im[bin] - im[mirror]) / 2;
      sides.re[bin] = (im[bin] + im[mirror]) / 2;
      sides.im[bin] = (re[mirror] - re[bin]) / 2;
    }
  }

  private void fillLevels(float place) {
    for (int bin = 0; bin < BINS; bin++) {
      power[bin] = centre.power(bin);
    }
    bands.mean(power, levels, 0);
    for (int bin = 0; bin < BINS; bin++) {
      float onlySidesRe = sides.re[bin] - place * centre.re[bin];
      float onlySidesIm = sides.im[bin] - place * centre.im[bin];
      power[bin] = onlySidesRe * onlySidesRe + onlySidesIm * onlySidesIm;
    }
    bands.mean(power, levels, bands.count());
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (float) (Math.log10(levels[i] + LEAST_POWER) + 4) / 2;
    }
  }

  /** Leaves the voice of the frame before in {@code re} and {@code im}, as a whole spectrum. */
  private void removeBackground(float place, float voiceLikelihood) {
    heardPower = 0;
    keptPower = 0;
    float together = 0;
    float alone = 0;
    for (int bin = 0; bin < BINS; bin++) {
      float removed = 1 - bands.at(bin, mask);
      setBin(bin, centreBefore.re[bin] * removed, centreBefore.im[bin] * removed);
      heardPower += centreBefore.power(bin) + sidesBefore.power(bin);
      keptPower += powerWithout(centreBefore, bin, 1) + powerWithout(sidesBefore, bin, place);
      together += sidesBefore.re[bin] * re[bin] + sidesBefore.im[bin] * im[bin];
      alone += centreBefore.re[bin] * re[bin] + centreBefore.im[bin] * im[bin];
    }
    position.hear(together, alone, voiceLikelihood);
  }

  private void setBin(int bin, float real, float imaginary) {
    int mirror = (FRAME - bin) % FRAME;
    re[mirror] = real;
    im[mirror] = -imaginary;
    re[bin] = real;
    im[bin] = mirror == bin ? 0 : imaginary;
  }

  private float powerWithout(Half half, int bin, float part) {
    float keptRe = half.re[bin] - part * re[bin];
    float keptIm = half.im[bin] - part * im[bin];
    return keptRe * keptRe + keptIm * keptIm;
  }

  private void synthesise(float[] voice) {
    fft.inverse(re, im);
    float scale = FULL_SCALE / SPECTRUM_SCALE / FRAME / WINDOW_SUM;
    for (int i = 0; i < FRAME; i++) {
      voice[i] = re[i] * window[i] * scale;
    }
  }
}
