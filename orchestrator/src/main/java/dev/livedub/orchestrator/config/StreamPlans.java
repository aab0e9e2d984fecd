package dev.livedub.orchestrator.config;

import java.util.Optional;

/** Says what is done with each stream, from the configuration and the publisher's query. */
public interface StreamPlans {

  /**
   * The plan for a stream. Never fails: what the query says wrong is warned of and not followed.
   *
   * @param query the publisher's, without the question mark; only {@code lang}, {@code delay} and
   *     {@code fallback} are looked at
   * @param input where the stream is pulled from
   * @param output where the dub is published
   */
  StreamPlan planFor(String streamId, String query, String input, String output);

  /**
   * A language as the translator of a stream knows it.
   *
   * @return empty if that translator does not know it
   */
  Optional<String> languageFor(String streamId, String tag);
}
