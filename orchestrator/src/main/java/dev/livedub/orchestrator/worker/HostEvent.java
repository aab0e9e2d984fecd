package dev.livedub.orchestrator.worker;

import dev.livedub.core.worker.WorkerTask;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Every log event of the worker hosts and of the way between them and their workers. */
public enum HostEvent {
  WORKER_SPAWNED(Level.INFO, "a worker's process was started"),
  WORKER_CONNECTED(Level.INFO, "a worker's process is in touch with its orchestrator"),
  WORKER_DISCONNECTED(Level.WARN, "a worker's process is out of touch, and perhaps still on air"),
  WORKER_FOUND(Level.INFO, "a worker that an earlier orchestrator left on air was found"),
  WORKER_ENDED(Level.INFO, "a worker has ended and nothing of it is left; says how"),
  WORKER_KILLED(Level.WARN, "a worker is ended by force; says why"),
  WORKER_HANGS(Level.ERROR, "a worker's thread does not end; its task stays taken"),
  WORKER_REFUSED(Level.WARN, "somebody spoke to the orchestrator's socket who is no worker of its"),
  LISTENER_FAILED(Level.ERROR, "whoever listens to a worker failed"),
  LEASE_WAITED(Level.INFO, "a worker waits for an older one of its task to end"),
  ORCHESTRATOR_LOST(Level.WARN, "a worker stays on air without its orchestrator and looks for one"),
  ORCHESTRATOR_FOUND(Level.INFO, "a worker on air is in touch with its orchestrator again"),
  REPORTS_LOST(Level.WARN, "captions or measurements were lost as no orchestrator took them"),
  ORPHANED(Level.ERROR, "a worker found no orchestrator for too long and ends"),
  CLASSES_SHARED(Level.INFO, "an archive that shortens the start of workers was made"),
  CLASSES_NOT_SHARED(Level.WARN, "no archive could be made; workers start without it");

  private final Level level;
  private final String description;

  HostEvent(Level level, String description) {
    this.level = level;
    this.description = description;
  }

  /** The value of the log line's {@code event}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** When it is logged. */
  public String description() {
    return description;
  }

  /** Begins a line about it. */
  LoggingEventBuilder on(Logger log) {
    return log.atLevel(level).addKeyValue("event", label());
  }

  /** Begins a line about it and a task. */
  LoggingEventBuilder on(Logger log, WorkerTask task) {
    LoggingEventBuilder line = on(log).addKeyValue("streamId", task.streamId());
    return task.egress().map(name -> line.addKeyValue("egress", name)).orElse(line);
  }
}
