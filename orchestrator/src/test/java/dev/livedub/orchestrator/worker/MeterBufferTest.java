package dev.livedub.orchestrator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.worker.Meter;
import dev.livedub.orchestrator.worker.WorkerMessage.Meters;
import dev.livedub.orchestrator.worker.WorkerMessage.Meters.Counted;
import dev.livedub.orchestrator.worker.WorkerMessage.Meters.Gauged;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class MeterBufferTest {

  private final MeterBuffer buffer = new MeterBuffer();

  @Test
  void take_whatWasMeasured_comesOnceAndGaugesAgain() {
    AtomicReference<Double> queue = new AtomicReference<>(1.0);
    buffer.add(Meter.BYTES, "in", 3);
    buffer.add(Meter.BYTES, "in", 4);
    buffer.add(Meter.BYTES, "out", 5);
    buffer.record(Meter.ADDED_LATENCY, 6);
    buffer.gauge(Meter.VIDEO_QUEUE, queue::get);

    Meters taken = buffer.take();
    assertThat(taken.counters())
        .containsExactlyInAnyOrder(
            new Counted(Meter.BYTES, "in", 7), new Counted(Meter.BYTES, "out", 5));
    assertThat(taken.histograms())
        .singleElement()
        .extracting("values", InstanceOfAssertFactories.LIST)
        .containsExactly(6.0);

    queue.set(2.0);
    Meters second = buffer.take();
    assertThat(second.counters()).isEmpty();
    assertThat(second.histograms()).isEmpty();
    assertThat(second.gauges()).containsExactly(new Gauged(Meter.VIDEO_QUEUE, 2));
  }

  @Test
  void putBack_whatCouldNotBeSent_comesWithWhatIsNew() {
    buffer.add(Meter.BYTES, "in", 3);
    Meters unsent = buffer.take();
    buffer.add(Meter.BYTES, "in", 4);
    buffer.putBack(unsent);
    assertThat(buffer.take().counters()).containsExactly(new Counted(Meter.BYTES, "in", 7));
  }

  @Test
  void record_nobodyTakesIt_isBoundedAndTheRestCounted() {
    for (int i = 0; i < MeterBuffer.MAX_VALUES + 7; i++) {
      buffer.record(Meter.ADDED_LATENCY, i);
    }
    assertThat(buffer.takeLost()).isEqualTo(7);
    assertThat(buffer.takeLost()).isZero();
    Meters taken = buffer.take();
    assertThat(taken.histograms().get(0).values()).hasSize(MeterBuffer.MAX_VALUES);
    assertThat(new Wire().encode(taken)).hasSizeLessThan(Wire.MAX_LINE_BYTES);
  }
}
