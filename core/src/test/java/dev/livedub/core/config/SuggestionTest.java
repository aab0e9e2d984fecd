package dev.livedub.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

  private static final List<String> WORDS = List.of("delay", "output", "target-lang", "dub");

  @ParameterizedTest
  @CsvSource({
    "delya, delay",
    "dellay, delay",
    "outptu, output",
    "dbu, dub",
    "traget-lan, target-lang"
  })
  void nearest_slipOfTheFingers_isFound(String word, String meant) {
    assertThat(Suggestion.nearest(word, WORDS)).hasValue(meant);
    assertThat(Suggestion.hint(word, WORDS)).isEqualTo("; did you mean " + meant + "?");
  }

  @ParameterizedTest
  @CsvSource({"foo", "x", "deadline", "''"})
  void nearest_somethingElse_findsNothing(String word) {
    assertThat(Suggestion.nearest(word, WORDS)).isEmpty();
    assertThat(Suggestion.hint(word, WORDS)).isEmpty();
  }
}
