package dev.livedub.orchestrator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
import org.junit.jupiter.api.Test;

final class StreamTallyTest {

  private final StreamTally tally = new StreamTally(MeterSink.NONE);

  @Test
  void dubLagMillis_beforeAnyPhrase_isEmpty() {
    tally.record(Meter.ADDED_LATENCY, 40);

    assertThat(tally.dubLagMillis()).isEmpty();
  }

  @Test
  void dubLagMillis_ofFewPhrases_isTheirMedian() {
    tally.record(Meter.DUB_LAG, 900);
    tally.record(Meter.DUB_LAG, 10);
    tally.record(Meter.DUB_LAG, 30);

    assertThat(tally.dubLagMillis()).hasValue(30);
  }

  @Test
  void dubLagMillis_ofManyPhrases_forgetsTheFirst() {
    for (int phrase = 0; phrase < StreamTally.LAG_PHRASES; phrase++) {
      tally.record(Meter.DUB_LAG, 5_000);
    }
    for (int phrase = 0; phrase < StreamTally.LAG_PHRASES; phrase++) {
      tally.record(Meter.DUB_LAG, 20);
    }

    assertThat(tally.dubLagMillis()).hasValue(20);
  }

  @Test
  void beginRun_forgetsTheLag() {
    tally.record(Meter.DUB_LAG, 20);

    tally.beginRun();

    assertThat(tally.dubLagMillis()).isEmpty();
  }
}
