package dev.livedub.orchestrator.worker;

import dev.livedub.core.worker.WorkerTask;
import java.util.List;

/**
 * What a worker's process finds in its environment: what this process has, but the keys of
 * translators only if it translates. A forwarder talks to servers of third parties and has no use
 * for them.
 */
final class ChildEnvironment {

  private static final List<String> TRANSLATORS_KEYS = List.of("GEMINI_API_KEY", "GOOGLE_API_KEY");
  private static final String C_HEAP = "glibc.malloc.mxfast=0:glibc.malloc.trim_threshold=1048576";

  private ChildEnvironment() {}

  /** Sets that of a process that is to do a task. */
  static void of(WorkerTask task, ProcessBuilder builder) {
    // As the launcher's script sets them, which says why.
    builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
    builder.environment().putIfAbsent("GLIBC_TUNABLES", C_HEAP);
    if (task.egress().isPresent()) {
      withoutKeys(builder);
    }
  }

  /** Takes out what only a process that translates needs. */
  static void withoutKeys(ProcessBuilder builder) {
    TRANSLATORS_KEYS.forEach(builder.environment()::remove);
  }
}
