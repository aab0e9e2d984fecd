package dev.livedub.bench.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One fault of each treatment, against its bounds; {@code bench/gemini-faults} runs all. */
@Execution(ExecutionMode.CONCURRENT)
final class GeminiFaultSuiteTest {

  /** The bound is 5 s; a pause of the speaker and a machine that is shared may add to it. */
  private static final double ORIGINAL_BACK_SECONDS = 8;

  private static final List<String> SHORT_FORM =
      List.of(
          "reset",
          "stall",
          "all-zero",
          "http-401",
          "quota",
          "key-invalid",
          "go-away-fractional",
          "pair-go-away-stalled");

  static Stream<GeminiFault> shortForm() {
    return GeminiFaults.every().stream().filter(fault -> SHORT_FORM.contains(fault.name()));
  }

  @Test
  void every_names_areOnceEach() {
    List<String> names = GeminiFaults.every().stream().map(GeminiFault::name).toList();

    assertThat(names).doesNotHaveDuplicates().containsAll(SHORT_FORM);
  }

  @ParameterizedTest
  @MethodSource("shortForm")
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void of_anyFault_isProvenAndGotOver(GeminiFault fault) throws IOException {
    GeminiResult result = GeminiRun.of(fault);

    SoftAssertions softly = new SoftAssertions();
    softly.assertThat(result.complaints()).as("complaints: %s", result.toRow()).isEmpty();
    softly.assertThat(result.missingSamples()).as("missing output samples").isZero();
    result
        .originalBackSeconds()
        .ifPresent(
            seconds ->
                softly
                    .assertThat(seconds)
                    .as("original back after, s: %s", result.toRow())
                    .isLessThanOrEqualTo(ORIGINAL_BACK_SECONDS));
    softly.assertAll();
  }
}
