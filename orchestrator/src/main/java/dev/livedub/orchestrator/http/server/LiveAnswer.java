package dev.livedub.orchestrator.http.server;

import dev.livedub.orchestrator.api.ApiException;

/**
 * An answer that goes on until one of both sides has enough; the connection ends with it.
 *
 * @param source where it comes from; not asked when only the head is wanted
 */
public record LiveAnswer(String contentType, Source source) implements Reply {

  /** Where a live answer comes from. */
  @FunctionalInterface
  public interface Source {

    /**
     * Begins to write. What is written before this returns goes out behind the head.
     *
     * @return ends the writing; closed once, when the connection ends, whoever ended it
     * @throws ApiException if the answer is a refusal
     */
    Ending begin(LiveWriter writer) throws ApiException;
  }

  /** Ends the writing. */
  @FunctionalInterface
  public interface Ending extends AutoCloseable {
    @Override
    void close();
  }
}
