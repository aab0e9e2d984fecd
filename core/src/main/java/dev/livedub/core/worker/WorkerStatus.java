package dev.livedub.core.worker;

import dev.livedub.core.config.BackgroundMode;
import dev.livedub.core.slot.SlotCounts;
import dev.livedub.core.translate.TranslatorEvent.Health;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A snapshot of a worker.
 *
 * @param reason why it is in this state, one line
 * @param onAirMicros output-timeline time that has gone on air, µs
 * @param inputBitsPerSecond over the last second or so
 * @param outputBitsPerSecond likewise, over all outputs
 * @param delayMillis playout delay of what is on air
 * @param videoQueueMillis media time waiting in the picture's delay line
 * @param audioQueueMillis media time of sound waiting
 * @param avSyncDeltaMillis sound's PTS minus picture's PTS, both against their source; empty until
 *     known
 * @param translator the translator's condition as it last said; empty if it has not, or there is
 *     none
 * @param background what becomes of the original under a dub now: {@link BackgroundMode#DUCK} too
 *     while taking its voice out does not work; empty if the sound is copied, or there is none yet
 * @param inputDiscontinuities breaks of the input timeline absorbed so far
 * @param live what an operator can change, as it is in force; of a worker that copies the sound:
 *     bypass, and no language
 * @param outputs one entry per output, in the order of the configuration
 */
public record WorkerStatus(
    State state,
    String reason,
    long onAirMicros,
    double inputBitsPerSecond,
    double outputBitsPerSecond,
    double delayMillis,
    double videoQueueMillis,
    double audioQueueMillis,
    OptionalDouble avSyncDeltaMillis,
    SlotCounts slots,
    Optional<Health> translator,
    Optional<BackgroundMode> background,
    long inputDiscontinuities,
    long inputReconnects,
    LiveSettings live,
    List<OutputStatus> outputs) {

  /** Where a worker stands. */
  public enum State {
    STARTING,
    RUNNING,
    INPUT_LOST,
    STOPPING,
    STOPPED
  }

  /**
   * One output.
   *
   * @param target its URL with secrets masked
   */
  public record OutputStatus(
      String target, boolean connected, long bytesWritten, long reconnects, long unitsDropped) {}

  public WorkerStatus {
    outputs = List.copyOf(outputs);
  }
}
