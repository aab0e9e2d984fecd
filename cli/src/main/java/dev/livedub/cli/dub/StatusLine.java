package dev.livedub.cli.dub;

import dev.livedub.core.slot.SlotCounts;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.core.worker.WorkerStatus.OutputStatus;
import java.util.Locale;

/** Tells a person in one line how a worker does. */
public final class StatusLine {

  private StatusLine() {}

  /** The line; plain ASCII, so that it looks the same in every locale. */
  public static String of(WorkerStatus status) {
    long seconds = status.onAirMicros() / 1_000_000;
    SlotCounts slots = status.slots();
    long outputReconnects = status.outputs().stream().mapToLong(OutputStatus::reconnects).sum();
    String line =
        format(
            "%s %d:%02d:%02d | in %s out %s | queue V %.1fs A %.1fs",
            word(status.state()),
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60,
            rate(status.inputBitsPerSecond()),
            rate(status.outputBitsPerSecond()),
            status.videoQueueMillis() / 1000,
            status.audioQueueMillis() / 1000);
    line +=
        status.avSyncDeltaMillis().isPresent()
            ? format(" | A/V %+.1fms", status.avSyncDeltaMillis().getAsDouble())
            : " | A/V -";
    line +=
        format(
            " | slots %d dub %d bed %d fallback (%d waiting)",
            slots.dubbed(), slots.bed(), slots.fallback(), slots.inFlight());
    line += status.translator().map(StatusLine::translator).orElse("");
    return line
        + format(
            " | reconnects %d in %d out%s",
            status.inputReconnects(), outputReconnects, lostOutputs(status));
  }

  private static String word(WorkerStatus.State state) {
    return switch (state) {
      case STARTING -> "starting";
      case RUNNING -> "ON AIR";
      case INPUT_LOST -> "INPUT LOST";
      case STOPPING -> "stopping";
      case STOPPED -> "stopped";
    };
  }

  private static String translator(Health health) {
    return switch (health.state()) {
      case CONNECTING -> " | translator connecting";
      case READY -> " | translator ready";
      case FAILING -> " | TRANSLATOR FAILING: " + cause(health);
      case FAILED -> " | TRANSLATOR FAILED: " + cause(health);
    };
  }

  /** The one word that says most; the log says the rest. */
  private static String cause(Health health) {
    return health.cause().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String lostOutputs(WorkerStatus status) {
    long lost = status.outputs().stream().filter(output -> !output.connected()).count();
    boolean settled = status.state() != WorkerStatus.State.STARTING;
    return lost == 0 || !settled ? "" : " | " + lost + " OUTPUT(S) LOST";
  }

  private static String rate(double bitsPerSecond) {
    return bitsPerSecond >= 999_500
        ? format("%.2f Mbit/s", bitsPerSecond / 1e6)
        : format("%.0f kbit/s", bitsPerSecond / 1e3);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
