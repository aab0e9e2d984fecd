package dev.livedub.orchestrator.metrics;

import dev.livedub.core.worker.ExitCode;
import java.util.Locale;

/** Why a destination had to be tried again. */
public enum EgressError {
  /** What is to be forwarded was not there in time. */
  INPUT_NOT_READY,
  /** What is to be forwarded went away and came back. */
  INPUT_LOST,
  /** The destination went away and came back. */
  OUTPUT_LOST,
  /** The destination cannot carry a codec. */
  CODEC_REFUSED,
  /** The destination said no. */
  REFUSED,
  /** A failure outlasted the forwarder's own retries. */
  RETRIES_SPENT,
  /** The forwarder ended without having been asked to. */
  CRASHED;

  /** Why a forwarder that ended like this has to be started again. */
  public static EgressError of(ExitCode code) {
    return switch (code) {
      case INPUT_NOT_READY -> INPUT_NOT_READY;
      case INPUT_CODEC_REFUSED -> CODEC_REFUSED;
      case DESTINATION_REFUSED -> REFUSED;
      case RETRIES_SPENT -> RETRIES_SPENT;
      case CLEAN, USAGE, CONFIGURATION, INTERNAL -> CRASHED;
    };
  }

  /** The value of the label {@code error}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
