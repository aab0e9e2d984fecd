package dev.livedub.bench.gemini;

import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/**
 * Adds up what a worker measures.
 *
 * <p><b>Threading:</b> any thread.
 */
final class MeterTally implements MeterSink {

  /** Values of a histogram kept, the latest. */
  private static final int MOST_VALUES = 100_000;

  private final Map<Meter, Map<String, Double>> sums = new EnumMap<>(Meter.class);
  private final Map<Meter, Deque<Double>> values = new EnumMap<>(Meter.class);

  @Override
  public synchronized void add(Meter meter, String labelValue, double amount) {
    sums.computeIfAbsent(meter, each -> new TreeMap<>()).merge(labelValue, amount, Double::sum);
  }

  @Override
  public synchronized void record(Meter meter, double value) {
    Deque<Double> kept = values.computeIfAbsent(meter, each -> new ArrayDeque<>());
    if (kept.size() == MOST_VALUES) {
      kept.removeFirst();
    }
    kept.addLast(value);
  }

  @Override
  public void gauge(Meter meter, DoubleSupplier value) {}

  /** Sums of a counter by label value; only those that were added to. */
  synchronized Map<String, Double> sums(Meter meter) {
    return new TreeMap<>(sums.getOrDefault(meter, Map.of()));
  }

  /** Sum of a counter with a label value. */
  double sum(Meter meter, String labelValue) {
    return sums(meter).getOrDefault(labelValue, 0.0);
  }

  /** Values of a histogram. */
  synchronized double[] values(Meter meter) {
    return values.getOrDefault(meter, new ArrayDeque<>()).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /** A counter in words: {@code 3 timeout, 1 error}; a dash if it is 0. */
  String words(Meter meter) {
    StringBuilder words = new StringBuilder();
    sums(meter)
        .forEach(
            (label, sum) ->
                words
                    .append(words.length() == 0 ? "" : ", ")
                    .append(Math.round(sum))
                    .append(' ')
                    .append(label));
    return words.length() == 0 ? "–" : words.toString();
  }
}
