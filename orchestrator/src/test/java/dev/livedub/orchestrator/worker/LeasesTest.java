package dev.livedub.orchestrator.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.livedub.core.config.BadValueException;
import dev.livedub.core.worker.WorkerTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeasesTest {

  private static final WorkerTask TASK = WorkerTask.dub("news");

  @TempDir Path dir;
  private final Programs programs = new Programs();

  @AfterEach
  void end() {
    programs.close();
  }

  @Test
  void tryAcquire_twiceInThisProcess_givesOneThatStaysHeld() throws IOException {
    Leases leases = new Leases(dir);
    Lease lease = leases.tryAcquire(TASK).orElseThrow();

    assertThat(leases.tryAcquire(TASK)).isEmpty();
    assertThat(leases.isHeld(TASK)).isTrue();
    assertThat(leases.heldByOthers()).isEmpty();

    lease.close();
    lease.close();
    assertThat(leases.isHeld(TASK)).isFalse();
    assertThat(leases.tryAcquire(TASK)).isPresent();
  }

  @Test
  void tryAcquire_heldByAnotherProcess_isRefusedUntilThatOneIsKilled() throws IOException {
    Process holder =
        programs.start(
            LeaseProgram.class, "held", new ArrayList<>(), dir.toString(), TASK.leaseName());
    Leases leases = new Leases(dir);

    assertThat(leases.tryAcquire(TASK)).isEmpty();
    assertThat(leases.isHeld(TASK)).isTrue();
    assertThat(leases.heldByOthers()).containsExactly(TASK);
    LeaseRecord record = leases.holder(TASK).orElseThrow();
    assertThat(record.holder().processId()).isEqualTo(holder.pid());
    assertThat(record.runId()).contains("run");
    leases.sweep();
    assertThat(leases.isHeld(TASK)).isTrue();

    holder.destroyForcibly();
    await().until(() -> !leases.isHeld(TASK));
    assertThat(leases.holder(TASK)).isEmpty();
    assertThat(leases.tryAcquire(TASK)).isPresent();
  }

  @Test
  void killHolder_itsOwnProcessAndFreeLeases_areLeftAlone() throws IOException {
    Leases leases = new Leases(dir);
    assertThat(leases.killHolder(TASK)).isFalse();
    leases.tryAcquire(TASK);
    assertThat(leases.killHolder(TASK)).isFalse();
  }

  @Test
  void killHolder_theFileNamesAProcessThatDidNotWriteIt_isLeftAlone() throws Exception {
    Process innocent =
        programs.start(LeaseProgram.class, "held", new ArrayList<>(), dir.toString(), "a.dub");
    Process holder =
        programs.start(
            LeaseProgram.class, "held", new ArrayList<>(), dir.toString(), TASK.leaseName());
    LeaseRecord right = new Leases(dir).holder(TASK).orElseThrow();
    LeaseRecord reused =
        new LeaseRecord(
            new ProcessIdentity(innocent.pid(), right.holder().birth() + "1"),
            "news",
            Optional.of("run"),
            right.startedAt());
    Files.write(dir.resolve("news.dub.lease"), new Wire().encode(reused));

    assertThat(new Leases(dir).killHolder(TASK)).isFalse();
    assertThat(innocent.isAlive()).isTrue();
    Files.write(dir.resolve("news.dub.lease"), new Wire().encode(right));
    assertThat(new Leases(dir).killHolder(TASK)).isTrue();
    assertThat(holder.waitFor()).isEqualTo(128 + 9);
  }

  @Test
  void holder_halfWritten_isUnknown() throws IOException {
    programs.start(LeaseProgram.class, "held", new ArrayList<>(), dir.toString(), TASK.leaseName());
    Files.writeString(dir.resolve("news.dub.lease"), "{\"LeaseRec");
    assertThat(new Leases(dir).holder(TASK)).isEmpty();
  }

  @Test
  void open_newDirectory_isOfThisUserAloneAndSwept() throws IOException {
    Path path = dir.resolve("a/state");
    StateDir.open(path).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwx------");

    Files.writeString(path.resolve("old.dub.lease"), "{}");
    StateDir again = StateDir.open(path);
    assertThat(path.resolve("old.dub.lease")).doesNotExist();
    assertThat(again.path()).isEqualTo(path);
    again.close();
  }

  @Test
  void open_openToOthers_isRefused() throws IOException {
    Path path =
        Files.createDirectory(
            dir.resolve("open"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    assertRefused(path, "a directory of this user alone, rwx------; it is rwxr-x---");
  }

  @Test
  void open_aFileOrALongPath_isRefused() throws IOException {
    assertRefused(Files.createFile(dir.resolve("file")), "a directory; there is a file");
    assertRefused(dir.resolve("x".repeat(100)), "a shorter path");
  }

  @Test
  void open_usedByAnotherOrchestrator_isRefusedNamingIt() throws IOException {
    Path path = dir.resolve("state");
    Process other = programs.start(LeaseProgram.class, "held", new ArrayList<>(), path.toString());
    assertRefused(path, "process " + other.pid() + " uses this one");
    assertRefused(path, "state-dir");

    other.destroyForcibly();
    await().untilAsserted(() -> StateDir.open(path).close());
  }

  private static void assertRefused(Path path, String words) {
    assertThatThrownBy(() -> StateDir.open(path))
        .isInstanceOf(BadValueException.class)
        .hasMessageContaining(words);
  }
}
