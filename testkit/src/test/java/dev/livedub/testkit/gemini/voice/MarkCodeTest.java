package dev.livedub.testkit.gemini.voice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkCodeTest {

  @Test
  void number_ofItsDigits_isTheNumber() {
    for (int number = 0; number < MarkCode.NUMBERS; number++) {
      assertThat(MarkCode.number(MarkCode.digits(number))).hasValue(number);
    }
  }

  @Test
  void number_withOneDigitWrong_isNone() {
    for (int number = 0; number < MarkCode.NUMBERS; number += 7) {
      int[] digits = MarkCode.digits(number);
      int group = number % MarkCode.GROUPS;
      digits[group] = (digits[group] + 1 + number % 3) % 4;
      assertThat(MarkCode.number(digits)).isEmpty();
    }
  }
}
