package dev.livedub.bench.gemini;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.livedub.bench.faults.FaultRig;
import dev.livedub.core.log.MaskedUrl;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/**
 * Keeps what is logged of one stream.
 *
 * <p><b>Threading:</b> any thread. <b>Ownership:</b> closing it takes it off the log.
 */
final class LogTail extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private static final String OURS = "dev.livedub";
  private static final int MOST_LINES = 2_000;

  private final String streamId;
  private final Logger logger;
  private final Deque<Line> lines = new ArrayDeque<>();

  /** One line: when, how bad, which event, and its words. */
  record Line(long nanos, Level level, String event, String text) {}

  /** Listens from now on. */
  LogTail(String streamId) {
    this.streamId = streamId;
    // While another thread sets the log up, there are stand-ins only.
    FaultRig.await(
        "the log",
        Duration.ofSeconds(10),
        () -> LoggerFactory.getILoggerFactory() instanceof LoggerContext);
    logger = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(OURS);
    setContext(logger.getLoggerContext());
    setName("tail-" + streamId);
    logger.setLevel(Level.INFO);
    start();
    logger.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    boolean named = streamId.equals(event.getMDCPropertyMap().get("streamId"));
    if (!named && !event.getThreadName().startsWith("dub-" + streamId + "-")) {
      return;
    }
    String name = "log";
    StringBuilder text = new StringBuilder(event.getFormattedMessage());
    for (KeyValuePair pair :
        event.getKeyValuePairs() == null ? List.<KeyValuePair>of() : event.getKeyValuePairs()) {
      if (pair.key.equals("event")) {
        name = String.valueOf(pair.value);
      } else if (!pair.key.equals("component")) {
        text.append(' ').append(pair.key).append('=').append(pair.value);
      }
    }
    keep(new Line(System.nanoTime(), event.getLevel(), name, MaskedUrl.inText(text.toString())));
  }

  private synchronized void keep(Line line) {
    if (lines.size() == MOST_LINES) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  /** All lines kept. */
  synchronized List<Line> lines() {
    return List.copyOf(lines);
  }

  /** The worst line since a moment, the first of several. */
  Optional<Line> worstSince(long nanos) {
    return lines().stream()
        .filter(line -> line.nanos() >= nanos)
        .max(
            Comparator.comparingInt((Line line) -> line.level().toInt())
                .thenComparing(Comparator.comparingLong(Line::nanos).reversed()));
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    stop();
  }
}
