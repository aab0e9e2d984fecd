package dev.livedub.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.livedub.cli.config.LogFormat;
import java.io.OutputStream;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * The process's log while it runs: from {@link #start} to {@link #close}.
 *
 * <p><b>Threading:</b> started and closed by one thread; logging by any.
 */
public final class Logging implements AutoCloseable {

  private static final String OURS = "dev.livedub";

  private final LoggerContext context;
  private final LineWriter writer;
  private final boolean showsStatus;

  private Logging(LoggerContext context, LineWriter writer, boolean showsStatus) {
    this.context = context;
    this.writer = writer;
    this.showsStatus = showsStatus;
  }

  /**
   * Sends all logging to a stream: our own from INFO up, that of libraries from WARN up.
   *
   * @param terminal whether a person watches the stream
   */
  public static Logging start(
      LogFormat format, LogIdentity identity, OutputStream out, boolean terminal) {
    LineFormat lines =
        switch (format) {
          case JSON -> new JsonLines(identity);
          case TEXT -> new TextLines(identity, terminal);
        };
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    LineWriter writer = new LineWriter(out, lines::lossLine);
    LineAppender appender = new LineAppender(lines, writer);
    appender.setContext(context);
    appender.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    context.getLogger(OURS).setLevel(Level.INFO);
    return new Logging(context, writer, terminal && format == LogFormat.TEXT);
  }

  /** Shows a line below the log, renewed once a second, if a person watches; otherwise nothing. */
  public void showStatus(Supplier<String> line) {
    if (showsStatus) {
      writer.showStatus(line);
    }
  }

  /** Takes the status line away. */
  public void hideStatus() {
    writer.showStatus(null);
  }

  /** Writes what waits and ends; later events are lost. Idempotent. */
  @Override
  public void close() {
    writer.close();
    context.getLogger(Logger.ROOT_LOGGER_NAME).detachAndStopAllAppenders();
  }
}
