package dev.livedub.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;

/** Hands Logback's events to a {@link LineWriter}. */
final class LineAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

  private final LineFormat format;
  private final LineWriter writer;

  LineAppender(LineFormat format, LineWriter writer) {
    this.format = format;
    this.writer = writer;
  }

  @Override
  protected void append(ILoggingEvent event) {
    writer.offer(format.line(event));
  }
}
