package dev.livedub.core.background;

import dev.livedub.core.background.MaskWeights.Recurrent;
import java.util.Arrays;

/**
 * Tells how much of each band is background, from the spectra of a sound's centre and of its sides
 * up to now: one dense layer, two layers of gated recurrent units (Cho et al. 2014), one dense
 * layer that gives each band an offset and a weight for what its neighbourhood in the spectrum
 * says, and a logistic function.
 *
 * <p>It looks one frame ahead: given frame {@code t}, it tells the mask of frame {@code t − 1}.
 *
 * <p><b>Threading:</b> one thread; what it has learnt is shared.
 */
final class MaskNetwork {

  private final MaskWeights weights;
  private final int bands;
  private final int hidden;
  private float[] features;
  private float[] featuresBefore;
  private final float[] dense;
  private final float[] gates;
  private final float[] stateGates;

  /** The states of both layers, one after the other. */
  private final float[] states;

  private final float[] output;
  private boolean begun;

  MaskNetwork(MaskWeights weights) {
    this.weights = weights;
    this.bands = weights.bands();
    this.hidden = weights.hidden();
    this.features = new float[2 * bands];
    this.featuresBefore = new float[2 * bands];
    this.dense = new float[hidden];
    this.gates = new float[3 * hidden];
    this.stateGates = new float[3 * hidden];
    this.states = new float[2 * hidden];
    this.output = new float[2 * bands + 1];
  }

  /** Forgets all it has heard. */
  void reset() {
    Arrays.fill(states, 0);
    begun = false;
  }

  /**
   * Takes the next frame.
   *
   * @param levels of the centre's bands, then of the sides': half the decimal logarithm of the mean
   *     power, plus 2
   * @param mask gets the gain of the background in each band of the frame before, 0 to 1
   * @return how likely there is a voice in the frame before, 0 to 1
   */
  float next(float[] levels, float[] mask) {
    standardise(levels);
    multiply(features, 0, weights.input(), weights.inputBias(), dense);
    for (int i = 0; i < hidden; i++) {
      dense[i] = Math.max(0, dense[i]);
    }
    step(weights.first(), dense, 0, 0);
    step(weights.second(), states, 0, hidden);
    multiply(states, 0, weights.output(), weights.outputBias(), output);
    for (int band = 0; band < bands; band++) {
      mask[band] = logistic(output[band] + (1 + output[bands + band]) * local(band));
    }
    return logistic(output[2 * bands]);
  }

  private void standardise(float[] levels) {
    float[] before = features;
    features = featuresBefore;
    featuresBefore = before;
    for (int i = 0; i < features.length; i++) {
      features[i] = (levels[i] - weights.mean()[i]) / weights.deviation()[i];
    }
    if (!begun) {
      begun = true;
      System.arraycopy(features, 0, featuresBefore, 0, features.length);
    }
  }

  /** What the band and its neighbours say, in the frame before and in this one. */
  private float local(int band) {
    int lower = Math.max(0, band - 1);
    int upper = Math.min(bands - 1, band + 1);
    float[] local = weights.local();
    float sum = 0;
    int row = band;
    for (int side = 0; side < 2; side++) {
      for (int frame = 0; frame < 2; frame++) {
        float[] heard = frame == 0 ? featuresBefore : features;
        int first = side * bands;
        sum += heard[first + lower] * local[row];
        sum += heard[first + band] * local[row + bands];
        sum += heard[first + upper] * local[row + 2 * bands];
        row += 3 * bands;
      }
    }
    return sum;
  }

  /** Moves the layer whose state begins at {@code at} on by a frame. */
  private void step(Recurrent layer, float[] input, int inputFrom, int at) {
    multiply(input, inputFrom, layer.input(), layer.inputBias(), gates);
    multiply(states, at, layer.state(), layer.stateBias(), stateGates);
    for (int i = 0; i < hidden; i++) {
      float reset = logistic(gates[i] + stateGates[i]);
      float update = logistic(gates[hidden + i] + stateGates[hidden + i]);
      float candidate = tanh(gates[2 * hidden + i] + reset * stateGates[2 * hidden + i]);
      states[at + i] = candidate + update * (states[at + i] - candidate);
    }
  }

  /** Row by row, so that the inner loop is what a compiler makes vectors of. */
  private static void multiply(
      float[] vector, int from, float[] matrix, float[] bias, float[] result) {
    int columns = bias.length;
    int rows = matrix.length / columns;
    System.arraycopy(bias, 0, result, 0, columns);
    for (int row = 0; row < rows; row++) {
      float factor = vector[from + row];
      if (factor != 0) {
        addScaled(matrix, row * columns, factor, result, columns);
      }
    }
  }

  private static void addScaled(
      float[] matrix, int from, float factor, float[] result, int columns) {
    for (int column = 0; column < columns; column++) {
      result[column] += factor * matrix[from + column];
    }
  }

  private static float logistic(float x) {
    return (float) (1 / (1 + Math.exp(-x)));
  }

  private static float tanh(float x) {
    return 2 * logistic(2 * x) - 1;
  }
}
