package dev.livedub.orchestrator.worker;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An archive of the classes that a worker's process loads (class-data sharing), with which it
 * starts in a fraction of the time. It is made once per program and JVM, in the background, by a
 * process that rehearses a worker; until it is there, and if it does not fit, workers start without
 * it.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Ownership:</b> the process that rehearses, which ends with this one unless that is killed.
 */
public final class SharedClasses {

  private static final Logger LOG = LoggerFactory.getLogger(SharedClasses.class);
  private static final String PREFIX = "classes-";
  private static final String SUFFIX = ".jsa";
  private static final String UNFINISHED = ".tmp";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path dir;
  private final JavaCommand command;
  private final List<String> rehearsal;
  private final List<Path> classPath;
  private final Path archive;

  /**
   * The archive in a state directory, whether it is there or not.
   *
   * @param rehearsal arguments with which the command rehearses a worker and ends
   * @param classPath what the command's classes come from
   */
  public SharedClasses(
      StateDir state, JavaCommand command, List<String> rehearsal, List<Path> classPath) {
    this.dir = state.path();
    this.command = command;
    this.rehearsal = List.copyOf(rehearsal);
    this.classPath = List.copyOf(classPath);
    this.archive = dir.resolve(PREFIX + key() + SUFFIX);
  }

  /** Options of the JVM that make it use the archive; none as long as it is not there. */
  public List<String> options() {
    return Files.exists(archive)
        ? List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto")
        : List.of();
  }

  /** Makes the archive soon, if it is not there; returns at once. */
  public void prepare() {
    deleteUnfinished();
    // The JVM archives what comes from jars alone.
    if (Files.exists(archive)
        || classPath.isEmpty()
        || !classPath.stream().allMatch(Files::isRegularFile)) {
      return;
    }
    Thread thread = new Thread(this::makeQuietly, "class-archive");
    thread.setDaemon(true);
    thread.start();
  }

  private void makeQuietly() {
    long startNanos = System.nanoTime();
    try {
      make();
      HostEvent.CLASSES_SHARED
          .on(LOG)
          .addKeyValue("sizeBytes", Files.size(archive))
          .addKeyValue("tookMillis", (System.nanoTime() - startNanos) / 1_000_000)
          .log("workers start faster from now on");
    } catch (IOException | RuntimeException e) {
      HostEvent.CLASSES_NOT_SHARED.on(LOG).log(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void make() throws IOException, InterruptedException {
    Path made = Files.createTempFile(dir, PREFIX, UNFINISHED);
    try {
      Files.delete(made);
      run(made);
      if (!Files.exists(made)) {
        throw new IOException("the JVM wrote no archive");
      }
      Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
      deleteOthers();
    } finally {
      Files.deleteIfExists(made);
    }
  }

  private void run(Path made) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command.line(List.of("-XX:ArchiveClassesAtExit=" + made), rehearsal));
    ChildEnvironment.withoutKeys(builder);
    builder.redirectInput(Redirect.from(new File("/dev/null")));
    builder.redirectOutput(Redirect.DISCARD);
    builder.redirectError(Redirect.DISCARD);
    try (EndingProcess rehearsing = new EndingProcess()) {
      Process process = rehearsing.start(builder);
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("the rehearsal of a worker did not end");
      }
      if (rehearsing.isOver()) {
        throw new InterruptedException("this process is ending, and the rehearsal with it");
      }
      if (process.exitValue() != 0) {
        throw new IOException("the rehearsal of a worker ended with " + process.exitValue());
      }
    }
  }

  /** Those whose orchestrator ended before they were whole. */
  private void deleteUnfinished() {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(dir, PREFIX + "*" + UNFINISHED)) {
      for (Path file : files) {
        Files.delete(file);
      }
    } catch (IOException e) {
      HostEvent.CLASSES_NOT_SHARED.on(LOG).log(String.valueOf(e.getMessage()));
    }
  }

  /** Those of other versions; whoever has one open keeps it. */
  private void deleteOthers() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(dir, PREFIX + "*" + SUFFIX)) {
      for (Path file : files) {
        if (!file.equals(archive)) {
          Files.delete(file);
        }
      }
    }
  }

  /** Names what the archive is good for; the JVM itself checks again that it fits. */
  private String key() {
    List<String> facts = new ArrayList<>(command.line(List.of(), List.of()));
    facts.add(Runtime.version().toString());
    facts.add(System.getProperty("java.vm.name", "") + System.getProperty("os.arch", ""));
    for (Path path : classPath) {
      facts.addAll(listing(path));
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\n", facts).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** The jar and its neighbours, which its manifest may name. */
  private static List<String> listing(Path jar) {
    List<String> found = new ArrayList<>();
    Path home = jar.toAbsolutePath().getParent();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(home, "*.jar")) {
      for (Path file : files) {
        found.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
      }
    } catch (IOException e) {
      found.add(jar.toString());
    }
    Collections.sort(found);
    return found;
  }
}
