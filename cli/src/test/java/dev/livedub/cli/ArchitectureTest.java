package dev.livedub.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the modules to the borders that the design draws. */
class ArchitectureTest {

  private static final List<String> MODULES =
      List.of("core", "media", "gemini", "orchestrator", "testkit", "cli");

  private static final JavaClasses PRODUCT = importProduct();

  private static JavaClasses importProduct() {
    // Names are enough to judge by; looking into every library takes half a minute.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("dev.livedub");
  }

  @ParameterizedTest
  @ValueSource(strings = {"core", "media", "orchestrator", "testkit", "cli"})
  void imported_everyModule_hasClassesToJudge(String module) {
    assertThat(PRODUCT.stream().filter(in(module))).hasSizeGreaterThan(2);
  }

  @Test
  void core_dependencies_areJavaAndNullMarksOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.livedub.core..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "dev.livedub.core..",
            "java..",
            "org.jspecify.annotations..",
            "") // arrays of primitives have no package
        .check(PRODUCT);
  }

  @Test
  void core_native_filesNetworkAndProcesses_areForOthers() {
    noClasses()
        .that()
        .resideInAPackage("dev.livedub.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Thread.class, ProcessBuilder.class, Process.class, java.io.File.class)
        .check(PRODUCT);
  }

  @ParameterizedTest
  @CsvSource({
    "org.bytedeco, media, testkit",
    "com.google.genai, gemini, gemini",
    "io.netty, orchestrator, testkit",
    "io.micrometer, orchestrator, orchestrator",
    "picocli, cli, cli",
    "ch.qos.logback, cli, cli",
    "org.snakeyaml, cli, cli",
  })
  void foreignLibrary_anywhereButItsModule_isNotUsed(String library, String home, String second) {
    noClasses()
        .that(not(in(home)).and(not(in(second))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library + "..")
        .allowEmptyShould(true)
        .check(PRODUCT);
  }

  @Test
  void siblings_never_knowEachOther() {
    List<String> siblings = List.of("media", "gemini", "orchestrator", "testkit");
    for (String module : siblings) {
      for (String other : MODULES) {
        if (!other.equals(module) && !other.equals("core")) {
          mayNotUse(module, other).check(PRODUCT);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"core", "media", "gemini", "orchestrator", "testkit", "cli"})
  void packagesOfModule_dependencies_haveNoCycle(String module) {
    slices()
        .matching("dev.livedub." + module + ".(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(PRODUCT);
  }

  @Test
  void composition_modulesOfTheMediaPath_areNamedInTheRootPackageOnly() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.livedub.cli.config..",
            "dev.livedub.cli.dub..",
            "dev.livedub.cli.forward..",
            "dev.livedub.cli.log..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.livedub.media..", "dev.livedub.gemini..", "dev.livedub.orchestrator..")
        .check(PRODUCT);
  }

  private static ArchRule mayNotUse(String module, String other) {
    return noClasses()
        .that(in(module))
        .should()
        .dependOnClassesThat(in(other))
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaClass> in(String module) {
    return JavaClass.Predicates.resideInAPackage("dev.livedub." + module + "..");
  }

  private static DescribedPredicate<JavaClass> not(DescribedPredicate<JavaClass> predicate) {
    return DescribedPredicate.not(predicate);
  }
}
