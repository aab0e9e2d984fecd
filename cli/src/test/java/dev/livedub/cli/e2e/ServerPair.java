package dev.livedub.cli.e2e;

import java.nio.file.Path;
import java.time.Duration;

/** The server a dub reads from and the one it publishes to, with a recording of what arrives. */
interface ServerPair extends AutoCloseable {

  /** Where livedub reads. */
  String inputUrl();

  /** Where livedub publishes. */
  String outputUrl();

  /** Waits until {@code livedub}'s output is on air and being recorded. */
  void awaitOnAir(Livedub livedub, Duration limit);

  /** The recording, complete; called once livedub has gone. */
  Path recording();

  /** How often times are rounded to FLV's milliseconds between the clip and the recording. */
  int roundings();

  @Override
  void close();
}
