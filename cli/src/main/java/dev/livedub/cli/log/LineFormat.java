package dev.livedub.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;

/** Turns events into lines. Implementations may be called by many threads at once. */
interface LineFormat {

  /** One line, without its end. */
  String line(ILoggingEvent event);

  /** The line that says how many events were lost because nobody read the log fast enough. */
  String lossLine(long count);
}
