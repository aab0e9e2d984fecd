package dev.livedub.cli.e2e;

import java.util.List;

/**
 * Servers that streams are published to and dubs come back to, with hooks that tell {@code livedub
 * serve} of them.
 */
interface Ingest extends AutoCloseable {

  /** Options of {@code livedub serve} that say where it is. */
  List<String> arguments();

  /** Waits until {@code livedub} has found it, as far as it looks for it. */
  void awaitFound(Livedub livedub);

  /** Has a publisher come. */
  void publish(String streamId);

  /** Has the publisher go without a farewell. */
  void drop(String streamId);

  /** Where a dub is played. */
  String outUrl(String streamId);

  /** How often times are rounded to FLV's milliseconds between a clip and a player of the dub. */
  int roundings();

  @Override
  void close();
}
