package dev.livedub.cli.captions;

import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Counts captions that were lost. */
final class CountedMeters implements MeterSink {

  private final LongAdder lost = new LongAdder();

  long lost() {
    return lost.sum();
  }

  @Override
  public void add(Meter meter, String labelValue, double amount) {
    if (meter == Meter.CAPTIONS_LOST) {
      lost.add((long) amount);
    }
  }

  @Override
  public void record(Meter meter, double value) {}

  @Override
  public void gauge(Meter meter, DoubleSupplier value) {}
}
