package dev.livedub.orchestrator.lifecycle;

import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
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

  private final MeterSink next;
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
    next.record(meter, value);
  }

  @Override
  public void gauge(Meter meter, DoubleSupplier value) {
    if (meter == Meter.TRANSLATOR_BREAKER_STATE) {
      breaker = value;
    }
    next.gauge(meter, value);
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
  void beginRun() {
    costUsd.reset();
    breaker = () -> Double.NaN;
  }

  /** How late the dub lies under the speech, in ms; empty until it is measured. */
  OptionalDouble dubLagMillis() {
    return OptionalDouble.empty();
  }
}
