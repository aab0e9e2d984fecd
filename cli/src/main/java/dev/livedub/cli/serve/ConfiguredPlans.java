package dev.livedub.cli.serve;

import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.ConfigProblem;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.DubSettings;
import dev.livedub.core.config.FallbackMode;
import dev.livedub.core.config.GeminiAccess;
import dev.livedub.core.config.PlayoutDelay;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.orchestrator.config.EgressTarget;
import dev.livedub.orchestrator.config.StreamPlan;
import dev.livedub.orchestrator.config.StreamPlans;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Plans from the configuration, which was checked when this was made, and from what a publisher may
 * ask for in its query.
 *
 * <p><b>Threading:</b> any thread; immutable.
 */
final class ConfiguredPlans implements StreamPlans {

  private static final String LANG = "lang";
  private static final String DELAY = "delay";
  private static final String FALLBACK = "fallback";
  private static final List<String> KEYS = List.of(LANG, DELAY, FALLBACK);
  private static final int MAX_SHOWN_CHARS = 40;

  private final List<Template> rules;
  private final Template others;
  private final GeminiAccess gemini;

  /**
   * What is done with the streams of one rule.
   *
   * @param dub in which stream, input and output stand for others
   */
  record Template(Glob match, DubConfig dub, List<EgressTarget> egress) {}

  /**
   * Plans.
   *
   * @param rules the first that matches counts
   * @param others for streams that no rule matches
   */
  ConfiguredPlans(List<Template> rules, Template others, GeminiAccess gemini) {
    this.rules = List.copyOf(rules);
    this.others = others;
    this.gemini = gemini;
  }

  @Override
  public StreamPlan planFor(String streamId, String query, String input, String output) {
    Template template = templateFor(streamId);
    DubConfig dub = template.dub();
    Wishes wishes = new Wishes(PublisherQuery.parse(query, KEYS));
    Optional<String> language =
        wishes.find(LANG, text -> language(dub, text), dub.targetLang().orElse("none"));
    PlayoutDelay delay =
        wishes
            .find(DELAY, text -> DubSettings.delay(text, dub.translator()), dub.delay().text())
            .orElse(dub.delay());
    FallbackMode fallback =
        wishes
            .find(FALLBACK, DubSettings.FALLBACK::parse, DubSettings.word(dub.fallback()))
            .orElse(dub.fallback());
    DubConfig asked =
        new DubConfig(
            streamId,
            input,
            List.of(output),
            dub.translator(),
            language.or(dub::targetLang),
            delay,
            dub.slot(),
            fallback,
            dub.duckDb(),
            dub.background(),
            dub.readyTimeout(),
            dub.reconnectTimeout(),
            dub.fast(),
            dub.captions(),
            dub.gemini());
    return new StreamPlan(asked, template.egress(), wishes.warnings);
  }

  @Override
  public Optional<String> languageFor(String streamId, String tag) {
    try {
      return Optional.of(language(templateFor(streamId).dub(), tag));
    } catch (BadValueException e) {
      return Optional.empty();
    }
  }

  private Template templateFor(String streamId) {
    return rules.stream().filter(rule -> rule.match().matches(streamId)).findFirst().orElse(others);
  }

  private String language(DubConfig dub, String text) {
    String tag = DubSettings.TARGET_LANG.parse(text);
    return dub.translator() == TranslatorKind.GEMINI ? gemini.targetLanguage().apply(tag) : tag;
  }

  /** What a publisher asks for, and what of it cannot be. */
  private static final class Wishes {

    private final PublisherQuery query;
    private final List<String> warnings = new ArrayList<>();

    Wishes(PublisherQuery query) {
      this.query = query;
    }

    /** The value asked for; empty if none is, or if it is wrong, of which a warning tells. */
    <T> Optional<T> find(String key, Function<String, T> parser, String otherwise) {
      Optional<String> text = query.find(key);
      try {
        return text.map(parser);
      } catch (BadValueException e) {
        ConfigProblem problem =
            new ConfigProblem(key, "the publisher's query", shown(text.orElse("")), e.expected());
        warnings.add(problem.line() + "; " + otherwise + " is taken");
        return Optional.empty();
      }
    }

    /** Anybody may have written this: nothing of it may do more than be read. */
    private static String shown(String text) {
      String visible = text.replaceAll("[^ -~]", "?");
      String some =
          visible.length() <= MAX_SHOWN_CHARS ? visible : visible.substring(0, MAX_SHOWN_CHARS);
      return some.isBlank() ? "(empty)" : some;
    }
  }
}
