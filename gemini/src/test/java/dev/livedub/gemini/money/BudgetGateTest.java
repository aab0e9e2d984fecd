package dev.livedub.gemini.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BudgetGateTest {

  private long nowNanos = 5;

  @Test
  void noCaps_neverShuts() {
    BudgetGate gate = gate(OptionalDouble.empty(), OptionalDouble.empty());
    gate.spend(1e6);

    assertThat(gate.shut()).isEmpty();
  }

  @Test
  void hour_spent_shutsUntilATenthIsFree() {
    BudgetGate gate = gate(OptionalDouble.of(1), OptionalDouble.empty());
    for (int minute = 0; minute < 20; minute++) {
      gate.spend(0.05);
      pass(1);
    }
    assertThat(gate.shut()).hasValueSatisfying(why -> assertThat(why).contains("$1.00"));

    pass(41);
    assertThat(gate.shut()).as("one minute's worth is free").isPresent();
    pass(2);
    assertThat(gate.shut()).isEmpty();
  }

  @Test
  void hour_longPause_forgetsAll() {
    BudgetGate gate = gate(OptionalDouble.of(1), OptionalDouble.empty());
    gate.spend(5);
    pass(600);

    assertThat(gate.shut()).isEmpty();
  }

  @Test
  void run_spent_staysShut() {
    BudgetGate gate = gate(OptionalDouble.empty(), OptionalDouble.of(1));
    gate.spend(1);
    pass(6_000);

    assertThat(gate.shut()).isPresent();
    assertThat(gate.isSpentForGood()).isTrue();
  }

  private BudgetGate gate(OptionalDouble perHour, OptionalDouble total) {
    return new BudgetGate(() -> nowNanos, perHour, total);
  }

  private void pass(int minutes) {
    nowNanos += Duration.ofMinutes(minutes).toNanos();
  }
}
