package dev.livedub.orchestrator.lifecycle;

import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.orchestrator.config.EgressTarget;
import dev.livedub.orchestrator.config.StreamPlan;
import dev.livedub.orchestrator.config.StreamPlans;
import java.util.List;
import java.util.Optional;

/** Does what the query says of the language, and knows every one but {@code xx}. */
final class QueryPlans implements StreamPlans {

  private final List<EgressTarget> egress;

  QueryPlans(List<EgressTarget> egress) {
    this.egress = egress;
  }

  @Override
  public StreamPlan planFor(String streamId, String query, String input, String output) {
    String lang = query.startsWith("lang=") ? query.substring(5) : "es";
    return new StreamPlan(dub(streamId, lang, input, output), egress, List.of());
  }

  static DubConfig dub(String streamId, String lang, String input, String output) {
    return DubConfig.builder(streamId, input, List.of(output), TranslatorKind.TONE)
        .targetLang(lang)
        .build();
  }

  @Override
  public Optional<String> languageFor(String streamId, String tag) {
    return tag.equals("xx") ? Optional.empty() : Optional.of(tag);
  }
}
