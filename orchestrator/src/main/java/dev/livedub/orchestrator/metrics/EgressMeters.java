package dev.livedub.orchestrator.metrics;

import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
import java.util.function.DoubleSupplier;

/**
 * Where one destination's measurements go.
 *
 * <p><b>Threading:</b> any thread; never blocks.
 */
public interface EgressMeters {

  /** Meters that keep nothing. */
  EgressMeters NONE =
      new EgressMeters() {
        @Override
        public void forwarding(boolean isForwarding) {}

        @Override
        public void retried(EgressError error, long times) {}

        @Override
        public void wrote(double bytes) {}
      };

  /** Says whether the destination is taking the stream. */
  void forwarding(boolean isForwarding);

  /** Counts that the destination was tried again. */
  void retried(EgressError error, long times);

  /** Counts payload written. */
  void wrote(double bytes);

  /**
   * A worker's view of these meters: what a worker that only forwards to this one destination
   * measures about itself, as far as it concerns the destination.
   */
  default MeterSink ofWorker() {
    EgressMeters meters = this;
    return new MeterSink() {
      @Override
      public void add(Meter meter, String labelValue, double amount) {
        if (meter == Meter.BYTES && labelValue.equals("out")) {
          meters.wrote(amount);
        } else if (meter == Meter.RECONNECTS) {
          boolean output = labelValue.equals("output");
          meters.retried(
              output ? EgressError.OUTPUT_LOST : EgressError.INPUT_LOST, Math.round(amount));
        }
      }

      @Override
      public void record(Meter meter, double value) {}

      @Override
      public void gauge(Meter meter, DoubleSupplier value) {}
    };
  }
}
