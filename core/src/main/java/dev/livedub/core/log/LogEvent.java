package dev.livedub.core.log;

import java.util.Locale;

/** Every log event of a worker. The documentation's table is checked against this list. */
public enum LogEvent {
  WORKER_STARTED("the worker begins"),
  WORKER_STATE("the worker changes its state"),
  WORKER_STOPPED("the worker has ended; says why, and its exit code"),
  INPUT_CONNECTED("the input is connected; says what its streams are"),
  INPUT_UNAVAILABLE("the input cannot be opened and is tried again"),
  INPUT_LOST("the input went away or fell silent"),
  INPUT_DISCONTINUITY("a break of the input timeline was absorbed"),
  PICTURE_PARAMETERS("the picture's parameter sets changed in mid-stream"),
  OUTPUT_CONNECTED("an output is connected"),
  OUTPUT_UNAVAILABLE("an output cannot be opened and is tried again"),
  OUTPUT_LOST("an output went away or stopped taking data"),
  OUTPUT_FAILED("an output is given up"),
  OUTPUT_DROPPED("access units were dropped because an output did not take them"),
  ON_AIR("the first access unit goes out"),
  TRANSLATOR_HEALTH("the translator's condition changed"),
  BACKGROUND_CHANGED(
      "under the dub the original's voice is taken out from now on, or the original is ducked"),
  SESSION_ROTATED(
      "translation went on in another session; says why, and what was lost or repeated"),
  SESSION_LOST("a translation session was lost, refused or given up"),
  TRANSLATOR_SUSPENDED("a suspension for want of speech is over; says how long it lasted"),
  TRANSLATOR_OVERLOADED("source sound was dropped before it was sent to the translator"),
  LIVE_CHANGE("an operator's change is in force; says which setting, from what and to what"),
  LIVE_CHANGE_REFUSED("an operator's change cannot be made; the setting is as it was");

  private final String description;

  LogEvent(String description) {
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
}
