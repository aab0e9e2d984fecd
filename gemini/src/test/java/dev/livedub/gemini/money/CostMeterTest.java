package dev.livedub.gemini.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.translate.TranslatorEvent.Usage;
import org.junit.jupiter.api.Test;

class CostMeterTest {

  private final CostMeter meter = new CostMeter(Prices.LIVE_TRANSLATE);
  private long inputTokens;
  private long outputTokens;
  private double costUsd;

  @Test
  void reportedByMessage_isAdded() {
    for (int second = 0; second < 60; second++) {
      exchange(1);
      meter.reported(25, 25);
      take(false);
    }

    assertThat(inputTokens).isEqualTo(1_500);
    assertThat(outputTokens).isEqualTo(1_500);
    assertThat(costUsd).isBetween(0.0367, 0.0368);
  }

  @Test
  void reportedAsASum_isNotCountedTwice() {
    for (int second = 1; second <= 60; second++) {
      exchange(1);
      meter.reported(25 * second, 25 * second);
      take(false);
    }

    assertThat(inputTokens).isEqualTo(1_500);
    assertThat(outputTokens).isEqualTo(1_500);
  }

  @Test
  void reportedNever_isEstimatedFromSeconds() {
    for (int second = 0; second < 60; second++) {
      exchange(1);
      take(false);
    }
    take(true);

    assertThat(inputTokens).isEqualTo(1_500);
    assertThat(outputTokens).isEqualTo(1_500);
  }

  @Test
  void reportedLate_afterAnEstimate_isNotCountedTwice() {
    for (int second = 0; second < 60; second++) {
      exchange(1);
      take(false);
    }
    meter.reported(1_500, 1_500);
    take(true);

    assertThat(inputTokens).isEqualTo(1_500);
  }

  @Test
  void ended_countsWhatWasNotReportedYet() {
    exchange(1);
    meter.reported(25, 25);
    exchange(4);
    take(true);

    assertThat(inputTokens).isEqualTo(125);
  }

  @Test
  void nothingNew_saysNothing() {
    assertThat(meter.take(true)).isEmpty();
  }

  private void exchange(double seconds) {
    meter.sent(seconds);
    meter.received(seconds);
  }

  private void take(boolean ended) {
    meter.take(ended).ifPresent(this::add);
  }

  private void add(Usage usage) {
    inputTokens += usage.inputTokens();
    outputTokens += usage.outputTokens();
    costUsd += usage.costUsd();
  }
}
