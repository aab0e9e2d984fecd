package dev.livedub.gemini.keeper;

import dev.livedub.core.log.LogEvent;
import dev.livedub.core.log.RepeatLimiter;
import dev.livedub.core.log.RepeatLimiter.Repeats;
import dev.livedub.core.time.Ticker;
import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A keeper's doings as meters and log lines, its cost apart, which whoever gets the events counts:
 * one line for each change of sessions, repeats of what else there is kept back for ten seconds.
 *
 * <p><b>Threading:</b> the keeper's thread.
 */
public final class MeteredReport implements KeeperReport {

  private static final Logger LOG = LoggerFactory.getLogger("dev.livedub.worker");
  private static final Duration REPEATS_WINDOW = Duration.ofSeconds(10);
  private static final String OVERLOADED = "overloaded";

  private final MeterSink meters;
  private final RepeatLimiter repeats;
  private long overloadedChunks;

  /** A report into one stream's sink. */
  public MeteredReport(MeterSink meters, Ticker ticker) {
    this.meters = meters;
    this.repeats = new RepeatLimiter(ticker, REPEATS_WINDOW);
  }

  @Override
  public void breaker(IntSupplier gauge) {
    meters.gauge(Meter.TRANSLATOR_BREAKER_STATE, gauge::getAsInt);
  }

  @Override
  public void changed(SessionChange change) {
    meters.add(Meter.SESSION_ROTATIONS, change.cause().label(), 1);
    meters.record(Meter.SESSION_HOLE, change.holeMillis());
    meters.record(Meter.SESSION_REPEATED, change.repeatedMillis());
    line(LOG.atInfo(), LogEvent.SESSION_ROTATED)
        .addKeyValue("cause", change.cause().label())
        .addKeyValue("reason", change.reason())
        .addKeyValue("ageSeconds", change.ageSeconds())
        .addKeyValue("gapMillis", change.gapMillis())
        .addKeyValue("holeMillis", change.holeMillis())
        .addKeyValue("repeatedMillis", change.repeatedMillis())
        .log("translation goes on in another session");
  }

  @Override
  public void lost(String reason) {
    sayLost(reason, repeats.offer(reason));
  }

  @Override
  public void answered(Duration roundTrip) {
    meters.record(Meter.TRANSLATOR_RTT, roundTrip.toNanos() / 1e6);
  }

  @Override
  public void suspended(Duration lasted) {
    line(LOG.atInfo(), LogEvent.TRANSLATOR_SUSPENDED)
        .addKeyValue("suspendedMillis", lasted.toMillis())
        .log("somebody speaks again after a suspension");
  }

  @Override
  public void overloaded(long chunks) {
    if (chunks > 0) {
      overloadedChunks += chunks;
      if (repeats.offer(OVERLOADED) > 0) {
        sayOverloaded();
      }
    }
  }

  @Override
  public void tick() {
    for (Repeats kept : repeats.drain()) {
      if (kept.key().equals(OVERLOADED)) {
        sayOverloaded();
      } else {
        sayLost(kept.key(), kept.count());
      }
    }
  }

  private void sayLost(String reason, long times) {
    if (times > 0) {
      line(LOG.atWarn(), LogEvent.SESSION_LOST)
          .addKeyValue("reason", reason)
          .addKeyValue("count", times)
          .log("a session was lost, refused or given up");
    }
  }

  private void sayOverloaded() {
    line(LOG.atWarn(), LogEvent.TRANSLATOR_OVERLOADED)
        .addKeyValue("droppedMillis", overloadedChunks * 100)
        .log("source sound was dropped before it was sent");
    overloadedChunks = 0;
  }

  private static LoggingEventBuilder line(LoggingEventBuilder line, LogEvent event) {
    return line.addKeyValue("event", event.label()).addKeyValue("component", "translator");
  }
}
