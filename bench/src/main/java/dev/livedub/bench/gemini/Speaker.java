package dev.livedub.bench.gemini;

/** A live session as the bench uses it. */
interface Speaker extends AutoCloseable {

  /** Sends the next 100 ms. */
  void say(short[] samples, long mediaMicros);

  /** Samples of output heard so far. */
  long heardSamples();

  @Override
  void close();
}
