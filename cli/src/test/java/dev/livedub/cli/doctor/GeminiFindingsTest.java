package dev.livedub.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.gemini.session.SessionEnd;
import dev.livedub.gemini.session.SessionEnd.Kind;
import dev.livedub.gemini.session.SessionEnd.Phase;
import dev.livedub.gemini.session.SessionEvent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiFindingsTest {

  private static final SessionEvent READY = new SessionEvent.Ready(Duration.ofMillis(310));
  private static final SessionEvent CLOSED = ended(Kind.PLANNED, Phase.CLOSING, 1000, "closed");

  private final Sighting seen = new Sighting();

  @Test
  void of_sessionThatShowsEverything_isWell() {
    note(READY, sound(0), sound(5_000));
    note(new SessionEvent.Transcript(Side.SOURCE, "Good morning.", "en"));
    note(new SessionEvent.Transcript(Side.TARGET, " Buenos", null));
    note(new SessionEvent.Transcript(Side.TARGET, " días.", null));
    note(new SessionEvent.Usage(50, 49), new SessionEvent.Handle("h", true), CLOSED);
    assertThat(seen.isComplete()).isTrue();
    assertThat(lines())
        .containsExactly(
            "ok    session       ready in 0.31 s",
            "ok    sound         audible 4.00 s after the first word; 0.5 s of output in all",
            "ok    transcript    heard \"Good morning.\" (en), said \"Buenos días.\"",
            "ok    usage         50 tokens in, 49 out",
            "ok    resumption    a handle came");
    assertThat(GeminiFindings.exitCode(GeminiFindings.of(seen), seen)).isEqualTo(ExitCode.CLEAN);
  }

  @Test
  void of_sessionThatStaysSilent_saysSoAndWhatElseIsMissing() {
    note(READY, sound(0), CLOSED);
    assertThat(lines().get(1)).startsWith("FAIL  sound").contains("all of it silent");
    assertThat(lines()).filteredOn(line -> line.startsWith("FAIL")).hasSize(4);
    assertThat(GeminiFindings.exitCode(GeminiFindings.of(seen), seen))
        .isEqualTo(ExitCode.RETRIES_SPENT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FATAL    | SETUP   | 1007 | API key not valid. | GEMINI_API_KEY | CONFIGURATION",
        "FATAL    | UPGRADE | 403  | HTTP 403           | GEMINI_API_KEY | CONFIGURATION",
        "FATAL    | SETUP   | 1008 | models/X is not found | --gemini-model | CONFIGURATION",
        "FATAL    | LIVE    | 1007 | invalid argument   | --target-lang  | CONFIGURATION",
        "QUOTA    | LIVE    | 1011 | quota              | billing        | CONFIGURATION",
        "BACK_OFF | UPGRADE | 429  | HTTP 429           | in a minute    | RETRIES_SPENT",
        "RETRY    | UPGRADE | 0    | no address         | network        | RETRIES_SPENT",
        "RETRY    | SETUP   | 0    | not ready          | try again      | RETRIES_SPENT",
      })
  void of_sessionThatEnded_isOneLineWithAdvice(
      Kind kind, Phase phase, int code, String reason, String advice, ExitCode exitCode) {
    note(ended(kind, phase, code, reason));
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("FAIL  session")
        .contains(reason)
        .contains(advice);
    assertThat(GeminiFindings.exitCode(GeminiFindings.of(seen), seen)).isEqualTo(exitCode);
  }

  private void note(SessionEvent... events) {
    Arrays.asList(events).forEach(event -> seen.note(event, Duration.ofSeconds(4)));
  }

  private List<String> lines() {
    return GeminiFindings.of(seen).stream().map(Diagnosis::text).toList();
  }

  private static SessionEvent ended(Kind kind, Phase phase, int code, String reason) {
    return new SessionEvent.Ended(new SessionEnd(kind, phase, code, reason, false));
  }

  private static SessionEvent sound(int level) {
    short[] samples = new short[6_000];
    Arrays.fill(samples, (short) level);
    return new SessionEvent.Audio(samples);
  }
}
