package dev.livedub.cli.doctor;

import dev.livedub.core.worker.ExitCode;
import dev.livedub.gemini.session.SessionEnd;
import dev.livedub.gemini.session.SessionEnd.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts what was seen of a session into lines, each with what to do if it is not well. */
final class GeminiFindings {

  private GeminiFindings() {}

  /** The lines, the first trouble last: what depends on it could not be seen. */
  static List<Diagnosis> of(Sighting seen) {
    List<Diagnosis> lines = new ArrayList<>();
    seen.setUp().ifPresent(took -> lines.add(Diagnosis.ok("session", "ready in " + s(took))));
    SessionEnd end = seen.end().orElse(NOTHING);
    if (seen.setUp().isEmpty() || (end.kind() != Kind.PLANNED && !seen.isComplete())) {
      lines.add(Diagnosis.fail("session", ending(end), advice(end)));
      return lines;
    }
    lines.add(sound(seen));
    lines.add(transcript(seen));
    lines.add(usage(seen));
    lines.add(
        seen.hasHandle()
            ? Diagnosis.ok("resumption", "a handle came")
            : Diagnosis.fail("resumption", "no handle came", TRY_AGAIN));
    return lines;
  }

  /** What a process ends with that has seen this. */
  static ExitCode exitCode(List<Diagnosis> lines, Sighting seen) {
    if (lines.stream().noneMatch(Diagnosis::isFail)) {
      return ExitCode.CLEAN;
    }
    Kind kind = seen.end().orElse(NOTHING).kind();
    return kind == Kind.FATAL || kind == Kind.QUOTA
        ? ExitCode.CONFIGURATION
        : ExitCode.RETRIES_SPENT;
  }

  private static final String TRY_AGAIN = "try again; if it stays so, the service has changed";

  /** Stands for a session that says nothing at all, which would be a fault of this program. */
  private static final SessionEnd NOTHING =
      new SessionEnd(
          Kind.RETRY, SessionEnd.Phase.UPGRADE, SessionEnd.NO_CODE, "nothing was heard", false);

  private static Diagnosis sound(Sighting seen) {
    String all = String.format(Locale.ROOT, "%.1f s of output", seen.outputSeconds());
    return seen.firstSound()
        .map(
            after ->
                Diagnosis.ok(
                    "sound", "audible " + s(after) + " after the first word; " + all + " in all"))
        .orElseGet(
            () ->
                Diagnosis.fail(
                    "sound",
                    all + ", all of it silent",
                    "is the target language the speech's own (English)? Else try again"));
  }

  private static Diagnosis transcript(Sighting seen) {
    String heard = "heard \"" + seen.sourceText() + "\" (" + seen.sourceLanguage() + ")";
    return seen.targetText().isEmpty()
        ? Diagnosis.fail("transcript", heard + ", said nothing", TRY_AGAIN)
        : Diagnosis.ok("transcript", heard + ", said \"" + seen.targetText() + "\"");
  }

  private static Diagnosis usage(Sighting seen) {
    String counted = seen.inputTokens() + " tokens in, " + seen.outputTokens() + " out";
    return seen.inputTokens() > 0
        ? Diagnosis.ok("usage", counted)
        : Diagnosis.fail("usage", "no tokens were counted", "costs could not be followed");
  }

  private static String ending(SessionEnd end) {
    String phase = end.phase().name().toLowerCase(Locale.ROOT);
    String code = end.code() == SessionEnd.NO_CODE ? "" : " " + end.code();
    return "ended in phase " + phase + code + ": " + end.reason();
  }

  private static String advice(SessionEnd end) {
    String reason = end.reason().toLowerCase(Locale.ROOT);
    return switch (end.kind()) {
      case QUOTA -> "the quota is used up: see plan and billing of the key's project";
      case BACK_OFF -> "the service is busy or limits the rate: try again in a minute";
      case FATAL -> fatalAdvice(end, reason);
      case STALE_HANDLE, PLANNED, RETRY -> retryAdvice(end);
    };
  }

  private static String fatalAdvice(SessionEnd end, String reason) {
    if (reason.contains("api key") || end.code() == 401 || end.code() == 403) {
      return "check the key in GEMINI_API_KEY or GOOGLE_API_KEY, and what it may be used for";
    }
    if (reason.contains("not found")) {
      return "check --gemini-model";
    }
    return switch (end.phase()) {
      case UPGRADE -> "check credentials and --gemini-url";
      case SETUP -> "check --gemini-model and --target-lang";
      case LIVE, CLOSING -> "check --target-lang";
    };
  }

  private static String retryAdvice(SessionEnd end) {
    return end.phase() == SessionEnd.Phase.UPGRADE
        ? "is there a way to the service: network, name, proxy, --gemini-url?"
        : "try again; livedub would connect again by itself";
  }

  private static String s(Duration duration) {
    return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1_000.0);
  }
}
