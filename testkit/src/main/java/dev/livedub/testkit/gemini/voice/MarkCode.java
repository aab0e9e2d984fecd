package dev.livedub.testkit.gemini.voice;

import java.util.OptionalInt;

/**
 * How a number becomes a vowel: ten groups of four partials, in each of which one stands out.
 *
 * <p>Eight groups carry the 16 bits, scrambled so that neighbours sound unlike; two carry a check
 * that any one wrong group breaks.
 */
final class MarkCode {

  /** How many numbers there are. */
  static final int NUMBERS = 1 << 16;

  static final int GROUPS = 10;
  static final int GROUP_PARTIALS = MarkedVoice.PARTIALS / GROUPS;

  private static final int DATA_GROUPS = 8;
  private static final int MASK = NUMBERS - 1;
  private static final int SCRAMBLE = 40_503;
  private static final int UNSCRAMBLE = inverse(SCRAMBLE);

  private MarkCode() {}

  /** For each group, which of its four partials stands out. */
  static int[] digits(int number) {
    int scrambled = (number * SCRAMBLE) & MASK;
    int check = check(scrambled);
    int[] digits = new int[GROUPS];
    for (int group = 0; group < DATA_GROUPS; group++) {
      digits[group] = (scrambled >> (2 * group)) & 3;
    }
    digits[DATA_GROUPS] = check & 3;
    digits[DATA_GROUPS + 1] = check >> 2;
    return digits;
  }

  /** The number that has these digits, if the check holds. */
  static OptionalInt number(int[] digits) {
    int scrambled = 0;
    for (int group = 0; group < DATA_GROUPS; group++) {
      scrambled |= digits[group] << (2 * group);
    }
    int check = digits[DATA_GROUPS] | (digits[DATA_GROUPS + 1] << 2);
    return check == check(scrambled)
        ? OptionalInt.of((scrambled * UNSCRAMBLE) & MASK)
        : OptionalInt.empty();
  }

  private static int check(int scrambled) {
    int check = 0;
    for (int nibble = 0; nibble < 4; nibble++) {
      int bits = (scrambled >> (4 * nibble)) & 15;
      check ^= ((bits << nibble) | (bits >> (4 - nibble))) & 15;
    }
    return check;
  }

  /** Of an odd number modulo 2^16, by Newton's iteration; each round doubles the right bits. */
  private static int inverse(int odd) {
    int inverse = odd;
    for (int round = 0; round < 4; round++) {
      inverse *= 2 - odd * inverse;
    }
    return inverse & MASK;
  }
}
