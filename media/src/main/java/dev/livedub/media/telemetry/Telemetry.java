package dev.livedub.media.telemetry;

import dev.livedub.core.log.LogEvent;
import dev.livedub.core.log.RepeatLimiter;
import dev.livedub.core.time.Ticker;
import dev.livedub.core.timeline.Discontinuity;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What a worker counts about itself, for its meters, its status and its log.
 *
 * <p><b>Threading:</b> any thread; never blocks.
 */
public final class Telemetry {

  private static final Logger LOG = LoggerFactory.getLogger("dev.livedub.worker");

  private final MeterSink meters;
  private final RepeatLimiter repeats = new RepeatLimiter(Ticker.SYSTEM);
  private final LongAdder bytesRead = new LongAdder();
  private final LongAdder bytesWritten = new LongAdder();
  private final LongAdder discontinuities = new LongAdder();
  private final LongAdder inputReconnects = new LongAdder();
  private final DoubleSupplier delayMillis;

  /**
   * Telemetry of one worker.
   *
   * @param delayMillis playout delay of what is on air, which added latency does not count
   */
  public Telemetry(MeterSink meters, DoubleSupplier delayMillis) {
    this.meters = meters;
    this.delayMillis = delayMillis;
  }

  /** A log line of this worker: an event at level INFO. */
  public LoggingEventBuilder info(LogEvent event, String component) {
    return with(LOG.atInfo(), event, component);
  }

  /** A log line of this worker: an event at level WARN. */
  public LoggingEventBuilder warn(LogEvent event, String component) {
    return with(LOG.atWarn(), event, component);
  }

  /** A log line of this worker: an event at level ERROR. */
  public LoggingEventBuilder error(LogEvent event, String component) {
    return with(LOG.atError(), event, component);
  }

  private static LoggingEventBuilder with(
      LoggingEventBuilder line, LogEvent event, String component) {
    return line.addKeyValue("event", event.label()).addKeyValue("component", component);
  }

  /** Counts payload read from the input. */
  public void read(int sizeBytes) {
    bytesRead.add(sizeBytes);
    meters.add(Meter.BYTES, "in", sizeBytes);
  }

  /** Counts payload written to an output. */
  public void wrote(int sizeBytes) {
    bytesWritten.add(sizeBytes);
    meters.add(Meter.BYTES, "out", sizeBytes);
  }

  /** Counts a break of the input timeline, and logs it at most once a second per kind. */
  public void discontinuity(Discontinuity kind) {
    discontinuities.increment();
    meters.add(Meter.INPUT_DISCONTINUITIES, kind.label(), 1);
    long times = repeats.offer(kind.label());
    if (times > 0) {
      warn(LogEvent.INPUT_DISCONTINUITY, "timeline")
          .addKeyValue("kind", kind.label())
          .addKeyValue("count", times)
          .log("input timeline broken");
    }
  }

  /** Counts a connection that was made again. */
  public void inputReconnected() {
    inputReconnects.increment();
    meters.add(Meter.RECONNECTS, "input", 1);
  }

  /** Counts a connection that was made again. */
  public void outputReconnected() {
    meters.add(Meter.RECONNECTS, "output", 1);
  }

  /** Counts access units that an output did not take. */
  public void dropped(long units, String shownTarget) {
    meters.add(Meter.OUTPUT_DROPPED, "", units);
    long times = repeats.offer("dropped");
    if (times > 0) {
      warn(LogEvent.OUTPUT_DROPPED, "sink")
          .addKeyValue("target", shownTarget)
          .addKeyValue("count", times)
          .log("access units dropped");
    }
  }

  /** Logs a translator's condition, each at most once a second. */
  public void translatorHealth(Health health) {
    String state = health.state().name();
    long times = repeats.offer("health " + state);
    if (times > 0) {
      LoggingEventBuilder line =
          health.isImpaired()
              ? warn(LogEvent.TRANSLATOR_HEALTH, "translator")
                  .addKeyValue("cause", health.cause().name())
              : info(LogEvent.TRANSLATOR_HEALTH, "translator");
      line.addKeyValue("state", state).addKeyValue("count", times).log(health.reason());
    }
  }

  /** Says whether the original's voice is taken out under a dub, or the original is ducked. */
  public void background(boolean separated) {
    info(LogEvent.BACKGROUND_CHANGED, "mixer")
        .addKeyValue("background", separated ? "separate" : "duck")
        .log(
            separated
                ? "the voice is taken out of the original under the dub"
                : "the original is ducked under the dub: its voice cannot be taken out");
  }

  /** Records how long an access unit was under way, playout delay apart. */
  public void onAir(long arrivalNanos, long nowNanos) {
    meters.record(Meter.ADDED_LATENCY, (nowNanos - arrivalNanos) / 1e6 - delayMillis.getAsDouble());
  }

  /** Payload read so far. */
  public long bytesRead() {
    return bytesRead.sum();
  }

  /** Payload written so far, all outputs together. */
  public long bytesWritten() {
    return bytesWritten.sum();
  }

  /** Breaks of the input timeline so far. */
  public long discontinuities() {
    return discontinuities.sum();
  }

  /** Connections to the input made again so far. */
  public long inputReconnects() {
    return inputReconnects.sum();
  }
}
