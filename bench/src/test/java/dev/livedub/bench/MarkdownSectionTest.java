package dev.livedub.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class MarkdownSectionTest {

  private static final String PAGE =
      "# Page\n<!-- a: begin -->\nold\n<!-- a: end -->\nrest\n<!-- b: begin -->\n<!-- b: end -->\n";

  @Test
  void replaced_changesTheNamedSectionAlone() {
    assertThat(MarkdownSection.replaced(PAGE, "a", "new\n"))
        .isEqualTo(PAGE.replace("old\n", "new\n"));
    assertThat(MarkdownSection.replaced(PAGE, "b", "new\n"))
        .isEqualTo(PAGE.replace("b: begin -->\n", "b: begin -->\nnew\n"));
  }

  @Test
  void replaced_ofAMissingSection_fails() {
    assertThatIllegalStateException()
        .isThrownBy(() -> MarkdownSection.replaced(PAGE, "c", "new\n"))
        .withMessageContaining("c");
  }
}
