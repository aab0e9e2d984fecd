package dev.livedub.orchestrator.lifecycle;

import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.DoubleSupplier;

/**
 * Passes a stream's measurements on and remembers what its view shows of them.
 *
 * <p><b>Threading:</b> any thread.
 */
final class StreamTally implements MeterSink {

  /** What the view calls dub lag is the median of so many phrases: about a minute of speech. */
  static final int LAG_PHRASES = 15;

  private final MeterSink next;
  private final double[] lagMillis = new double[LAG_PHRASES];
  private int lags;
  private final DoubleAdder costUsd = new DoubleAdder();
  private volatile DoubleSupplier breaker = () -> Double.NaN;

  StreamTally(MeterSink next) {
    this.next = next;
  }

  @Override
  public void add(Meter meter, String labelValue, double amount) {
    if (meter == Meter.TRANSLATOR_COST) {
      costUsd.add(amount);
    }
    next.add(meter, labelValue, amount);
  }

  @Override
  public void record(Meter meter, double value) {
    if (meter == Meter.DUB_LAG) {
      noteLag(value);
    }
    next.record(meter, value);
  }

  @Override
  public void gauge(Meter meter, DoubleSupplier value) {
    if (meter == Meter.TRANSLATOR_BREAKER_STATE) {
      breaker = value;
    }
    next.gauge(meter, value);
  }

  private synchronized void noteLag(double millis) {
    lagMillis[lags++ % LAG_PHRASES] = millis;
  }

  /** Price of what the translator counted as used in this run. */
  double costUsd() {
    return costUsd.sum();
  }

  /** 0 closed, 1 half-open, 2 open; empty without such a translator. */
  OptionalInt breaker() {
    double state = breaker.getAsDouble();
    return Double.isNaN(state) ? OptionalInt.empty() : OptionalInt.of((int) state);
  }

  /** A run begins. */
  synchronized void beginRun() {
    lags = 0;
    costUsd.reset();
    breaker = () -> Double.NaN;
  }

  /**
   * How far the dub lies from the lips, in ms, the median of the last phrases; empty without any.
   */
  synchronized OptionalDouble dubLagMillis() {
    int known = Math.min(lags, LAG_PHRASES);
    if (known == 0) {
      return OptionalDouble.empty();
    }
    double[] sorted = Arrays.copyOf(lagMillis, known);
    Arrays.sort(sorted);
    return OptionalDouble.of(sorted[known / 2]);
  }
}
