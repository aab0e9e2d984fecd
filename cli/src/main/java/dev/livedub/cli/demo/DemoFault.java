package dev.livedub.cli.demo;

import java.time.Duration;

/** What is broken on purpose, in this order. */
enum DemoFault {
  SESSION_CUT("the connection to the translation is cut", 8),
  TRANSLATION_STALLS("the translation says nothing any more", 18),
  PUBLISHER_GONE("the publisher is gone for 3 s", 34),
  DESTINATION_GONE("the destination hangs up and is away for 2 s", 48),
  WORKER_KILLED("the worker's process is killed", 58);

  private final String title;
  private final int second;

  DemoFault(String title, int second) {
    this.title = title;
    this.second = second;
  }

  /** What happens, for a person. */
  String title() {
    return title;
  }

  /** How much is on air when it happens, at the earliest: the one before is to be over. */
  Duration moment() {
    return Duration.ofSeconds(second);
  }
}
