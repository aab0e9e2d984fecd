package dev.livedub.orchestrator.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedClassesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path dir;
  private final Programs programs = new Programs();

  @AfterEach
  void end() {
    programs.close();
  }

  @Test
  void prepare_jvmThatMakesAnArchive_isUsedFromThenOn() throws IOException {
    try (StateDir state = StateDir.open(dir.resolve("s"))) {
      Path jvm =
          script(
              "jvm", "for word; do case $word in *=*) echo archive >\"${word#*=}\";; esac; done");
      SharedClasses shared = shared(state, jvm);
      assertThat(shared.options()).isEmpty();

      shared.prepare();

      await().atMost(PATIENCE).until(() -> !shared.options().isEmpty());
      String option = shared.options().get(0);
      Path archive = Path.of(option.substring(option.indexOf('=') + 1));
      assertThat(archive).hasContent("archive").hasParent(state.path());
      assertThat(unfinished(state)).isEmpty();
    }
  }

  @Test
  void prepare_afterOneThatWasCutOff_leavesNothingOfIt() throws IOException {
    try (StateDir state = StateDir.open(dir.resolve("s"))) {
      Path left = Files.writeString(state.path().resolve("classes-1.tmp"), "half an archive");

      shared(state, script("jvm", "exit 1")).prepare();

      assertThat(left).doesNotExist();
    }
  }

  @Test
  void prepare_processEndsMeanwhile_endsTheRehearsalWithoutAWord() throws Exception {
    List<String> said = new ArrayList<>();
    Process orchestrator =
        programs.start(
            ArchiveProgram.class,
            "rehearses",
            said,
            dir.resolve("s").toString(),
            script("jvm", "exec sleep 600").toString(),
            jar().toString());
    long rehearsal = Long.parseLong(said.get(0));
    programs.endLater(rehearsal);
    assertThat(Programs.isAlive(rehearsal)).isTrue();

    Programs.signal("TERM", orchestrator.pid());
    assertThat(orchestrator.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    await().atMost(Duration.ofSeconds(5)).until(() -> !Programs.isAlive(rehearsal));
    assertThat(orchestrator.inputReader().lines())
        .noneMatch(line -> line.contains(HostEvent.CLASSES_NOT_SHARED.label()));
  }

  private SharedClasses shared(StateDir state, Path jvm) throws IOException {
    return new SharedClasses(
        state, new JavaCommand(jvm, List.of(), List.of()), List.of(), List.of(jar()));
  }

  private static List<Path> unfinished(StateDir state) throws IOException {
    try (Stream<Path> files = Files.list(state.path())) {
      return files.filter(file -> file.toString().endsWith(".tmp")).toList();
    }
  }

  private Path jar() throws IOException {
    return Files.writeString(dir.resolve("one.jar"), "classes");
  }

  private Path script(String name, String body) throws IOException {
    Path file = Files.writeString(dir.resolve(name), "#!/bin/sh\n" + body + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
