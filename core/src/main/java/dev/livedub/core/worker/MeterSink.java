package dev.livedub.core.worker;

import java.util.function.DoubleSupplier;

/**
 * Where a worker's measurements go; one sink per stream, so that the stream's label is given once.
 *
 * <p><b>Threading:</b> any thread; never blocks.
 */
public interface MeterSink {

  /** A sink that keeps nothing. */
  MeterSink NONE =
      new MeterSink() {
        @Override
        public void add(Meter meter, String labelValue, double amount) {}

        @Override
        public void record(Meter meter, double value) {}

        @Override
        public void gauge(Meter meter, DoubleSupplier value) {}
      };

  /**
   * Adds to a counter.
   *
   * @param labelValue value of the meter's own label, one of {@link Meter#labelValues()}; empty for
   *     a meter without one
   */
  void add(Meter meter, String labelValue, double amount);

  /** Records one value into a histogram, in the meter's unit. */
  void record(Meter meter, double value);

  /** Registers where a gauge's value comes from; NaN while it has none. */
  void gauge(Meter meter, DoubleSupplier value);
}
