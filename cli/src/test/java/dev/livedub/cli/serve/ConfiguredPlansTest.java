package dev.livedub.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.config.BackgroundMode;
import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.FallbackMode;
import dev.livedub.core.config.GeminiAccess;
import dev.livedub.core.config.GeminiConfig;
import dev.livedub.core.config.PlayoutDelay;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.orchestrator.config.StreamPlan;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredPlansTest {

  private static final Duration DELAY = Duration.ofSeconds(6);

  private final ConfiguredPlans plans =
      new ConfiguredPlans(
          List.of(
              template("tone-*", TranslatorKind.TONE, "de"),
              template("tone-2", TranslatorKind.BYPASS, "fr")),
          template("*", TranslatorKind.GEMINI, "es"),
          new GeminiAccess(Optional.empty(), ConfiguredPlansTest::language));

  @Test
  void planFor_severalRulesThatMatch_theFirstCounts() {
    assertThat(plan("tone-2", "").dub().translator()).isEqualTo(TranslatorKind.TONE);
    assertThat(plan("tone-2", "").dub().targetLang()).hasValue("de");
    assertThat(plan("other", "").dub().translator()).isEqualTo(TranslatorKind.GEMINI);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lang=pt-BR&delay=8s&fallback=background",
        "user=me&pass=x%26y&fallback=background&delay=8s&lang=%70t%2dBR",
        "lang=pt-BR&lang=fr&delay=8s&delay=x&fallback=background",
        "&&=&lang&lang=+pt-BR+&delay=8s&fallback=background&x=%&y=%zz",
      })
  void planFor_query_isFollowedWhereItMayBe(String query) {
    assertThat(plan("a", query)).isEqualTo(plan("a", asMediaMtxEscapesIt(query)));
    StreamPlan plan = plan("a", query);
    assertThat(plan.dub().targetLang()).hasValue("pt-BR");
    assertThat(plan.dub().delay()).isEqualTo(PlayoutDelay.fixed(Duration.ofSeconds(8)));
    assertThat(plan.dub().fallback()).isEqualTo(FallbackMode.BACKGROUND);
    assertThat(plan.warnings()).isEmpty();
  }

  @Test
  void planFor_delayThatIsChosen_isTaken() {
    PlayoutDelay delay = plan("a", "delay=auto:5s-9s").dub().delay();

    assertThat(delay).isEqualTo(PlayoutDelay.between(Duration.ofSeconds(5), Duration.ofSeconds(9)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lang=xx | lang = \"xx\" (the publisher's query): expected a language there is; es is taken",
        "lang= | lang = \"(empty)\" (the publisher's query): expected a BCP 47 language tag such as"
            + " es or pt-BR; es is taken",
        "delay=61s | delay = \"61s\" (the publisher's query): expected a duration from 0s to 60s, auto, or auto:FROM-TO from 2s to 60s, such as auto:4s-15s; 6s"
            + " is taken",
        "fallback=loud | fallback = \"loud\" (the publisher's query): expected one of original,"
            + " background, ducked-original, silence; original is taken",
        "lang=a%0Ab%00%E2%80%AE%1B[31m | lang = \"a?b???[31m\" (the publisher's query): expected a"
            + " BCP 47 language tag such as es or pt-BR; es is taken",
        "lang=rtmp://u:SECRET@h/a/SECRET | lang = \"rtmp://***@h/a/***\" (the publisher's query):"
            + " expected a BCP 47 language tag such as es or pt-BR; es is taken",
      })
  void planFor_valueThatCannotBe_isNotFollowedAndWarnedOf(String query, String warning) {
    StreamPlan plan = plan("a", query);
    assertThat(plan.warnings()).containsExactly(warning);
    assertThat(plan.dub()).isEqualTo(plan("a", "").dub());
  }

  @Test
  void planFor_longValue_isCutInTheWarning() {
    StreamPlan plan = plan("a", "delay=" + "9".repeat(20_000));
    assertThat(plan.warnings()).singleElement().asString().hasSizeLessThan(200);
  }

  @Test
  void planFor_randomQueries_neverFail() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String[] words = {"lang=", "delay=", "fallback=", "&", "=", "%", "+", "es", "8s", "%3D", "%26"};
    for (int i = 0; i < 20_000; i++) {
      StringBuilder query = new StringBuilder();
      for (int part = random.nextInt(8); part >= 0; part--) {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        query.append(words[random.nextInt(words.length)]);
        query.append(
            new String(
                bytes, random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16));
      }
      StreamPlan plan = plan("a", query.toString());
      assertThat(plan.dub().delay().first())
          .as("seed %d", seed)
          .isBetween(Duration.ZERO, DELAY.multipliedBy(10));
      assertThat(plan.dub().outputs()).as("seed %d", seed).containsExactly("rtmp://m/out");
      assertThat(plan.egress()).as("seed %d", seed).isEmpty();
      assertThat(plan.warnings())
          .as("seed %d", seed)
          .allMatch(line -> line.chars().allMatch(each -> each >= ' ' && each <= '~'));
    }
  }

  @Test
  void languageFor_translatorOfTheStream_isTheOneThatKnows() {
    assertThat(plans.languageFor("a", "en-US")).hasValue("en");
    assertThat(plans.languageFor("a", "xx")).isEmpty();
    assertThat(plans.languageFor("a", "no such thing")).isEmpty();
    assertThat(plans.languageFor("tone-1", "xx")).hasValue("xx");
  }

  @ParameterizedTest
  @CsvSource({
    "*, any, true",
    "*, '', true",
    "news-*, news-, true",
    "news-*, news, false",
    "news-?, news-1, true",
    "news-?, news-12, false",
    "*-en-*, a-en-b-en-c, true",
    "a*b*c, aXbXbXc, true",
    "a*b*c, aXbXbX, false",
    "'**', x, true",
    "abc, ABC, false",
  })
  void matches_pattern_coversTheWholeName(String pattern, String name, boolean expected) {
    assertThat(Glob.parse(pattern).matches(name)).isEqualTo(expected);
  }

  @Test
  void matches_manyStars_takesNoTime() {
    Glob glob = Glob.parse("a*".repeat(31) + "b");
    assertThat(glob.matches("a".repeat(64))).isFalse();
  }

  private StreamPlan plan(String streamId, String query) {
    return plans.planFor(streamId, query, "rtsp://m/in", "rtmp://m/out");
  }

  /** As MediaMTX puts it in MTX_QUERY since 1.18.1. */
  private static String asMediaMtxEscapesIt(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  private static String language(String tag) {
    if (tag.equals("xx")) {
      throw new BadValueException("a language there is");
    }
    return tag.replace("-US", "");
  }

  private static ConfiguredPlans.Template template(
      String match, TranslatorKind translator, String language) {
    DubConfig dub =
        new DubConfig(
            "any",
            "rtsp://any/in",
            List.of("rtmp://any/out"),
            translator,
            Optional.of(language),
            PlayoutDelay.fixed(DELAY),
            Duration.ofSeconds(1),
            FallbackMode.ORIGINAL,
            -18,
            BackgroundMode.DUCK,
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            false,
            List.of(),
            GeminiConfig.DEFAULTS);
    return new ConfiguredPlans.Template(Glob.parse(match), dub, List.of());
  }
}
