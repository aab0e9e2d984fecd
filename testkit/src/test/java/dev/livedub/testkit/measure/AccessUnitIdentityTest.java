package dev.livedub.testkit.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AccessUnitIdentityTest {
  private final List<Long> source = LongStream.range(1_000, 1_100).boxed().toList();

  @Test
  void compare_sameUnits_isIdentical() {
    AccessUnitIdentity result = AccessUnitIdentity.compare(source, source);

    assertThat(result).isEqualTo(new AccessUnitIdentity(0, 100, 0, 0, 0, 0, 100, 100));
    assertThat(result.isIdentical()).isTrue();
  }

  @Test
  void compare_joinedLaterAndEndedEarlier_isIdentical() {
    AccessUnitIdentity result = AccessUnitIdentity.compare(source, source.subList(20, 70));

    assertThat(result).isEqualTo(new AccessUnitIdentity(20, 50, 0, 0, 0, 0, 50, 50));
    assertThat(result.isIdentical()).isTrue();
  }

  @Test
  void compare_nothing_isNotIdentical() {
    assertThat(AccessUnitIdentity.compare(source, List.of()).isIdentical()).isFalse();
    assertThat(AccessUnitIdentity.compare(source, List.of(1L, 2L)).isIdentical()).isFalse();
    assertThat(AccessUnitIdentity.compare(source, List.of(1L, 2L)).extra()).isEqualTo(2);
  }

  @Test
  void compare_lostUnits_areMissing() {
    List<Long> output = output();
    output.subList(30, 33).clear();

    assertThat(AccessUnitIdentity.compare(source, output))
        .isEqualTo(new AccessUnitIdentity(0, 97, 3, 0, 0, 0, 67, 97));
  }

  @Test
  void compare_repeatedAndForeignUnits_areExtra() {
    List<Long> output = output();
    output.add(50, output.get(49));
    output.add(20, 7L);

    AccessUnitIdentity result = AccessUnitIdentity.compare(source, output);

    assertThat(result).isEqualTo(new AccessUnitIdentity(0, 100, 0, 2, 0, 0, 50, 102));
    assertThat(result.isIdentical()).isFalse();
  }

  @Test
  void compare_otherBytesInPlace_isChanged() {
    List<Long> output = output();
    output.set(40, 7L);
    output.set(99, 8L);

    AccessUnitIdentity result = AccessUnitIdentity.compare(source, output);

    assertThat(result).isEqualTo(new AccessUnitIdentity(0, 98, 0, 0, 2, 0, 58, 100));
    assertThat(result.isIdentical()).isFalse();
  }

  @Test
  void compare_swappedUnits_areReordered() {
    List<Long> output = output();
    Collections.swap(output, 60, 61);

    AccessUnitIdentity result = AccessUnitIdentity.compare(source, output);

    assertThat(result.reordered()).isEqualTo(1);
    assertThat(result.missing()).isZero();
    assertThat(result.matched()).isEqualTo(100);
    assertThat(result.isIdentical()).isFalse();
  }

  @Test
  void compareLooped_runsOverTheEnd_isIdentical() {
    List<Long> output = new ArrayList<>(source.subList(80, 100));
    output.addAll(source);
    output.addAll(source.subList(0, 10));

    AccessUnitIdentity result = AccessUnitIdentity.compareLooped(source, output);

    assertThat(result).isEqualTo(new AccessUnitIdentity(80, 130, 0, 0, 0, 0, 130, 130));
  }

  @Test
  void compareLooped_lostAtTheSeam_isMissing() {
    List<Long> output = new ArrayList<>(source.subList(80, 98));
    output.addAll(source.subList(3, 50));

    AccessUnitIdentity result = AccessUnitIdentity.compareLooped(source, output);

    assertThat(result.missing()).isEqualTo(5);
    assertThat(result.matched()).isEqualTo(65);
  }

  @Test
  void compare_equalUnitsInTheSource_followsTheRun() {
    List<Long> repeating = new ArrayList<>();
    for (long i = 0; i < 100; i++) {
      repeating.add(i % 10 == 0 ? 5L : 1_000 + i);
    }

    assertThat(AccessUnitIdentity.compare(repeating, repeating.subList(30, 90)))
        .isEqualTo(new AccessUnitIdentity(30, 60, 0, 0, 0, 0, 60, 60));
  }

  private List<Long> output() {
    return new ArrayList<>(source);
  }
}
