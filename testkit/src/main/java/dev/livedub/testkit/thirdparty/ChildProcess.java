package dev.livedub.testkit.thirdparty;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A process whose output is kept for failure messages and which does not outlive its owner: {@link
 * #close} kills it, and so does the end of this JVM.
 *
 * <p><b>Threading:</b> any thread. One daemon thread reads the process's output, standard error
 * included.
 */
public final class ChildProcess implements AutoCloseable {

  private static final int KEPT_LINES = 2_000;
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  private final String name;
  private final Process process;
  private final Thread killer;
  private final Thread reader;
  private final Deque<String> lines = new ArrayDeque<>();

  private ChildProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.killer = new Thread(process::destroyForcibly, "kill-" + name);
    this.reader = new Thread(this::readOutput, "output-" + name);
    reader.setDaemon(true);
  }

  /**
   * Starts {@code command} in {@code directory}.
   *
   * @param environment variables to set besides the inherited ones
   * @throws UncheckedIOException if the program is not there
   */
  public static ChildProcess start(
      String name, Path directory, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be started: " + e.getMessage(), e);
    }
    ChildProcess child = new ChildProcess(name, process);
    Runtime.getRuntime().addShutdownHook(child.killer);
    child.reader.start();
    return child;
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The last lines it wrote, standard output and standard error as they came. */
  public String output() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  /** Sends SIGTERM and returns at once. */
  public void terminate() {
    process.destroy();
  }

  /** Writes to its standard input. */
  public void type(String text) {
    try {
      OutputStream input = process.getOutputStream();
      input.write(text.getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " does not read its input\n" + output(), e);
    }
  }

  /**
   * Waits until {@code condition} holds.
   *
   * @throws IllegalStateException if the process ends before, or the condition does not hold within
   *     {@code limit}
   */
  public void awaitReady(String what, Duration limit, BooleanSupplier condition) {
    long deadlineNanos = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (endsWithin(POLL_INTERVAL)) {
        throw failure("ended with " + process.exitValue() + " before " + what);
      }
      if (System.nanoTime() - deadlineNanos > 0) {
        throw failure("did not show within " + limit + ": " + what);
      }
    }
  }

  /** Waits until a line it wrote contains {@code text}; see {@link #awaitReady}. */
  public void awaitLine(String text, Duration limit) {
    awaitReady("a line with '" + text + "'", limit, () -> output().contains(text));
  }

  /**
   * Waits for its end.
   *
   * @return its exit code; 128 + n if signal n ended it
   * @throws IllegalStateException if it still runs after {@code limit}
   */
  public int awaitExit(Duration limit) {
    if (!endsWithin(limit)) {
      throw failure("still runs after " + limit);
    }
    joinReader();
    return process.exitValue();
  }

  /** Waits for its end, at most {@code limit}; whether it has ended. */
  public boolean endsWithin(Duration limit) {
    try {
      return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + name, e);
    }
  }

  /** Kills it and waits until it is gone. Idempotent. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    boolean gone = endsWithin(END_LIMIT);
    try {
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (IllegalStateException e) {
      return; // the JVM is ending and the hook does its work
    }
    if (!gone) {
      throw failure("survived a kill for " + END_LIMIT);
    }
    joinReader();
  }

  /** An exception that quotes the process's output. */
  IllegalStateException failure(String what) {
    return new IllegalStateException(name + " " + what + "\n" + output());
  }

  private void joinReader() {
    try {
      reader.join(END_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readOutput() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (lines) {
          if (lines.size() == KEPT_LINES) {
            lines.removeFirst();
          }
          lines.addLast(line);
        }
      }
    } catch (IOException e) {
      synchronized (lines) {
        lines.addLast("(output ends: " + e.getMessage() + ")");
      }
    }
  }
}
