package dev.livedub.core.background;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * What {@link MaskNetwork} has learnt. The file is written by {@code bench/background-training}:
 * the three sizes, then each array in the order of this record, big-endian. A matrix is stored row
 * by row as signed bytes, after one scale for each of its columns.
 *
 * <p><b>Threading:</b> immutable by agreement: nobody writes to the arrays.
 *
 * @param bands of a spectrum; the network is given two of them
 * @param hidden units of each layer
 * @param mean of each feature
 * @param deviation of each feature
 * @param input matrix of {@code 2·bands} rows and {@code hidden} columns
 * @param first the lower recurrent layer
 * @param second the upper recurrent layer
 * @param output matrix of {@code 2·hidden} rows and {@code 2·bands + 1} columns
 * @param local {@code 12} rows of {@code bands} columns
 */
record MaskWeights(
    int bands,
    int hidden,
    float[] mean,
    float[] deviation,
    float[] input,
    float[] inputBias,
    Recurrent first,
    Recurrent second,
    float[] output,
    float[] outputBias,
    float[] local) {

  private static final String RESOURCE = "voice-mask.bin";

  /**
   * A layer of gated recurrent units. Matrices have {@code hidden} rows and three columns for each
   * unit: all reset gates, all update gates, all candidates.
   *
   * @param input by which the layer's input is multiplied
   * @param state by which the state before is multiplied
   */
  record Recurrent(float[] input, float[] state, float[] inputBias, float[] stateBias) {}

  /** Those that livedub comes with, read once. */
  static MaskWeights shipped() {
    return Shipped.WEIGHTS;
  }

  private static final class Shipped {
    static final MaskWeights WEIGHTS = read();

    private static MaskWeights read() {
      try (InputStream file = MaskWeights.class.getResourceAsStream(RESOURCE)) {
        if (file == null) {
          throw new IllegalStateException("no " + RESOURCE);
        }
        return new Reader(new DataInputStream(file)).weights();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private record Reader(DataInputStream from) {

    MaskWeights weights() throws IOException {
      int bands = from.readInt();
      int hidden = from.readInt();
      int neighbours = from.readInt();
      return new MaskWeights(
          bands,
          hidden,
          floats(2 * bands),
          floats(2 * bands),
          matrix(2 * bands, hidden),
          floats(hidden),
          recurrent(hidden),
          recurrent(hidden),
          matrix(2 * hidden, 2 * bands + 1),
          floats(2 * bands + 1),
          floats(neighbours * bands));
    }

    private Recurrent recurrent(int hidden) throws IOException {
      return new Recurrent(
          matrix(hidden, 3 * hidden),
          matrix(hidden, 3 * hidden),
          floats(3 * hidden),
          floats(3 * hidden));
    }

    private float[] floats(int count) throws IOException {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = from.readFloat();
      }
      return values;
    }

    private float[] matrix(int rows, int columns) throws IOException {
      float[] scales = floats(columns);
      byte[] bytes = from.readNBytes(rows * columns);
      float[] values = new float[rows * columns];
      for (int i = 0; i < values.length; i++) {
        values[i] = bytes[i] * scales[i % columns];
      }
      return values;
    }
  }
}
