package dev.livedub.core.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant to write. */
public final class Suggestion {

  private static final int MAX_WORD_CHARS = 100;

  private Suggestion() {}

  /** The candidate that few keystrokes turn the word into, if there is one. */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    if (word.length() > MAX_WORD_CHARS) {
      return Optional.empty();
    }
    int limit = Math.max(1, word.length() / 3);
    return candidates.stream()
        .filter(candidate -> distance(word, candidate) <= limit)
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  /** "; did you mean …?" or nothing. */
  public static String hint(String word, Collection<String> candidates) {
    return nearest(word, candidates).map(found -> "; did you mean " + found + "?").orElse("");
  }

  /**
   * Keystrokes between two words: insertions, deletions, replacements and swaps of neighbours
   * (optimal string alignment).
   */
  private static int distance(String left, String right) {
    int[][] cost = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, left, right, i, j);
      }
    }
    return cost[left.length()][right.length()];
  }

  private static int cheapest(int[][] cost, String left, String right, int i, int j) {
    int replaced = cost[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
