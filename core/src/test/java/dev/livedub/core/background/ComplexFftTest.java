package dev.livedub.core.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComplexFftTest {

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 64})
  void forward_noise_isTheSumThatDefinesIt(int size) {
    float[] re = noise(size, 1);
    float[] im = noise(size, 2);
    float[] givenRe = re.clone();
    float[] givenIm = im.clone();

    new ComplexFft(size).forward(re, im);

    for (int k = 0; k < size; k++) {
      double sumRe = 0;
      double sumIm = 0;
      for (int n = 0; n < size; n++) {
        double angle = -2 * Math.PI * k * n / size;
        sumRe += givenRe[n] * Math.cos(angle) - givenIm[n] * Math.sin(angle);
        sumIm += givenRe[n] * Math.sin(angle) + givenIm[n] * Math.cos(angle);
      }
      assertThat((double) re[k]).isCloseTo(sumRe, within(1e-4));
      assertThat((double) im[k]).isCloseTo(sumIm, within(1e-4));
    }
  }

  @Test
  void inverse_ofForward_isTheInputTimesTheSize() {
    int size = 2_048;
    float[] re = noise(size, 3);
    float[] im = noise(size, 4);
    float[] givenRe = re.clone();
    float[] givenIm = im.clone();
    ComplexFft fft = new ComplexFft(size);

    fft.forward(re, im);
    fft.inverse(re, im);

    for (int n = 0; n < size; n++) {
      assertThat(re[n] / size).isCloseTo(givenRe[n], within(1e-5f));
      assertThat(im[n] / size).isCloseTo(givenIm[n], within(1e-5f));
    }
  }

  @Test
  void new_sizeThatIsNoPowerOfTwo_isRefused() {
    assertThatThrownBy(() -> new ComplexFft(12)).hasMessageContaining("12");
  }

  private static float[] noise(int size, long seed) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
