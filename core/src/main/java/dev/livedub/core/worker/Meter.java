package dev.livedub.core.worker;

import java.util.List;

/** Every meter of a worker. The documentation's table is checked against this list. */
public enum Meter implements SpecifiedMeter {
  AUDIO_FRAGMENTS(
      "worker_audio_fragments_total",
      Kind.COUNTER,
      "slots",
      "status",
      List.of("dubbed", "bed", "fallback"),
      "Slots that went on air, each counted once by what was heard"),
  FALLBACK(
      "worker_fallback_total",
      Kind.COUNTER,
      "slots",
      "reason",
      List.of("timeout", "error", "overload", "invalid_output", "breaker_open", "budget", "muted"),
      "Slots with speech and no translation, by reason"),
  INFLIGHT_FRAGMENTS(
      "worker_inflight_fragments", Kind.GAUGE, "slots", "Slots sent and not yet on air"),
  AV_SYNC_DELTA(
      "worker_av_sync_delta_ms",
      Kind.GAUGE,
      "ms",
      "Sound's PTS minus picture's PTS, both against their source"),
  PLAYOUT_DELAY("worker_playout_delay_ms", Kind.GAUGE, "ms", "Playout delay of what is on air: D"),
  VIDEO_QUEUE("worker_video_queue_ms", Kind.GAUGE, "ms", "Picture waiting in the delay line"),
  AUDIO_QUEUE("worker_audio_queue_ms", Kind.GAUGE, "ms", "Sound waiting to go on air"),
  ADDED_LATENCY(
      "worker_added_latency_ms",
      Kind.HISTOGRAM,
      "ms",
      "Access unit in to access unit out, minus the playout delay"),
  INPUT_DISCONTINUITIES(
      "worker_input_discontinuities_total",
      Kind.COUNTER,
      "breaks",
      "kind",
      List.of("jump", "gap", "overlap", "resync", "late", "reconnect", "parameters", "corrupt"),
      "Breaks of the input timeline that were absorbed"),
  RECONNECTS(
      "worker_reconnects_total",
      Kind.COUNTER,
      "connections",
      "side",
      List.of("input", "output"),
      "Connections made again after a loss"),
  BYTES(
      "worker_bytes_total",
      Kind.COUNTER,
      "bytes",
      "direction",
      List.of("in", "out"),
      "Payload read and written"),
  OUTPUT_DROPPED(
      "worker_output_dropped_total",
      Kind.COUNTER,
      "units",
      "Access units an output could not take while it was lost or too slow"),
  TRANSLATOR_BREAKER_STATE(
      "worker_translator_breaker_state",
      Kind.GAUGE,
      "state",
      "Circuit breaker of the translator: 0 closed, 1 half-open, 2 open"),
  TRANSLATOR_RTT(
      "worker_translator_rtt_ms",
      Kind.HISTOGRAM,
      "ms",
      "Speech sent to the first audible output it caused"),
  DUB_LAG(
      "worker_dub_lag_ms",
      Kind.HISTOGRAM,
      "ms",
      "Audible onset of a dubbed phrase to that of its source, late or early"),
  BACKGROUND_SEPARATED(
      "worker_background_separated",
      Kind.GAUGE,
      "state",
      "Original under the dub: 0 ducked, 1 its voice taken out"),
  TRANSLATOR_COST(
      "worker_translator_cost_usd_total",
      Kind.COUNTER,
      "USD",
      "Price of what the translator counted as used"),
  SESSION_ROTATIONS(
      "worker_session_rotations_total",
      Kind.COUNTER,
      "sessions",
      "cause",
      List.of("planned", "go_away", "drop", "silent", "invalid_output", "resumed", "suspended"),
      "Translator sessions that followed another one, by why"),
  SESSION_HOLE(
      "worker_session_hole_ms",
      Kind.HISTOGRAM,
      "ms",
      "Source speech that no session heard around a change of sessions"),
  SESSION_REPEATED(
      "worker_session_repeated_ms",
      Kind.HISTOGRAM,
      "ms",
      "Source speech that was translated twice around a change of sessions"),
  CAPTIONS_LOST(
      "worker_captions_lost_total",
      Kind.COUNTER,
      "cues",
      "Captions a file could not take, each counted once per file");

  /** What a meter is. */
  public enum Kind {
    COUNTER,
    GAUGE,
    HISTOGRAM
  }

  private final MeterSpec spec;

  Meter(String metricName, Kind kind, String unit, String description) {
    this(metricName, kind, unit, "", List.of(), description);
  }

  Meter(
      String metricName,
      Kind kind,
      String unit,
      String labelName,
      List<String> labelValues,
      String description) {
    this.spec = new MeterSpec(metricName, kind, unit, labelName, labelValues, description);
  }

  @Override
  public MeterSpec spec() {
    return spec;
  }
}
