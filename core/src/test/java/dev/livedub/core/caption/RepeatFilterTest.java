package dev.livedub.core.caption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatFilterTest {

  private static final long SECOND = 1_000_000;

  private final RepeatFilter filter = new RepeatFilter();

  @Test
  void newPartOf_fragmentsThatAppend_isAllOfThem() {
    assertThat(heard(SECOND, "El perro", " come", " y el perro", " duerme."))
        .isEqualTo("El perro come y el perro duerme.");
  }

  @Test
  void newPartOf_cumulativeFragments_isWhatEachAdds() {
    assertThat(heard(SECOND, "Hola", "Hola a todos", "Hola a todos, amigos."))
        .isEqualTo("Hola a todos, amigos.");
  }

  @Test
  void newPartOf_cumulativeFragmentsWithTheirSpace_isWhatEachAdds() {
    assertThat(
            heard(
                SECOND,
                " El presidente llegó",
                " El presidente llegó esta mañana",
                " El presidente llegó esta mañana a Madrid."))
        .isEqualTo(" El presidente llegó esta mañana a Madrid.");
  }

  @Test
  void newPartOf_cumulativeSentencesAfterOneAnother_isWhatEachAdds() {
    assertThat(
            heard(
                SECOND,
                " Uno dos tres",
                " Uno dos tres cuatro.",
                " Otra vez",
                " Otra vez digo",
                " Otra vez digo esto."))
        .isEqualTo(" Uno dos tres cuatro. Otra vez digo esto.");
  }

  @Test
  void newPartOf_cumulativeFragmentsInWrongOrder_isNothingForTheOlder() {
    assertThat(heard(SECOND, "Hola a todos", "Hola a", "Hola a todos, amigos"))
        .isEqualTo("Hola a todos, amigos");
  }

  @Test
  void newPartOf_cumulativeInAScriptWithoutSpaces_isWhatEachAdds() {
    assertThat(heard(SECOND, "今天我们在北京见到了很多来自各地的", "今天我们在北京见到了很多来自各地的朋友"))
        .isEqualTo("今天我们在北京见到了很多来自各地的朋友");
  }

  @Test
  void newPartOf_doubledFragment_isNothing() {
    assertThat(heard(100_000, " Sí", " Sí")).isEqualTo(" Sí");
    filter.forget();
    assertThat(heard(SECOND, " que llegó esta mañana", " que llegó esta mañana"))
        .isEqualTo(" que llegó esta mañana");
  }

  @Test
  void newPartOf_shortWordsSaidAgain_isKept() {
    assertThat(heard(SECOND, " No", " No", " No, no")).isEqualTo(" No No No, no");
  }

  @Test
  void newPartOf_fragmentThatOverlapsTheEnd_isWhatItAdds() {
    assertThat(heard(SECOND, "Ayer llegó el presidente", " llegó el presidente de Francia"))
        .isEqualTo("Ayer llegó el presidente de Francia");
  }

  @Test
  void newPartOf_afterForgetting_isAll() {
    assertThat(heard(SECOND, "Buenas noches a todos.")).isNotEmpty();
    filter.forget();
    assertThat(heard(SECOND, "Buenas noches a todos.")).isEqualTo("Buenas noches a todos.");
  }

  private String heard(long stepMicros, String... fragments) {
    StringBuilder text = new StringBuilder();
    long nowMicros = 0;
    for (String fragment : List.of(fragments)) {
      text.append(filter.newPartOf(fragment, nowMicros += stepMicros));
    }
    return text.toString();
  }
}
