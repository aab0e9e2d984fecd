package dev.livedub.gemini.session;

import dev.livedub.gemini.session.SessionEnd.Kind;
import dev.livedub.gemini.session.SessionEnd.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Says what the end of a session asks for. One close code means several things, so the reason and
 * the phase are looked at too. The service cuts reasons at 123 bytes, hence only beginnings and
 * short words are compared.
 */
final class CloseClassifier {

  /**
   * A set-up that the service took and does not like after all is refused within seconds; later the
   * same words mean something passing.
   */
  static final Duration PROBATION = Duration.ofSeconds(60);

  private static final int INVALID_DATA = 1007;
  private static final int POLICY = 1008;
  private static final int SERVER_ERROR = 1011;
  private static final int TRY_LATER = 1013;

  private static final List<String> QUOTA_WORDS =
      List.of("exceeded your current quota", "quota exceeded", "billing");
  private static final List<String> KEY_WORDS =
      List.of("api key", "api_key", "permission denied", "unauthenticated", "credential");
  private static final List<String> HANDLE_WORDS = List.of("session handle", "session not found");
  private static final List<String> BUSY_WORDS = List.of("resource has been exhausted");
  private static final List<String> PASSING_WORDS =
      List.of(
          "the operation was aborted",
          "deadline expired",
          "internal error",
          "currently unavailable");

  private CloseClassifier() {}

  /**
   * Where in its life a session was.
   *
   * @param resumed whether it was to take up another by a handle
   * @param leaving whether the end was announced, or asked for by this side
   * @param liveFor time since it was ready, zero before
   */
  record Circumstances(Phase phase, boolean resumed, boolean leaving, Duration liveFor) {

    /** Whether the set-up may be to blame. */
    boolean onProbation() {
      return phase == Phase.SETUP || liveFor.compareTo(PROBATION) < 0;
    }
  }

  /** What a close frame asks for. */
  static Kind ofClose(Circumstances at, int code, String reason) {
    String words = reason.toLowerCase(Locale.ROOT);
    if (hasAny(words, QUOTA_WORDS)) {
      return Kind.QUOTA;
    }
    if (hasAny(words, KEY_WORDS)) {
      return Kind.FATAL;
    }
    if (hasAny(words, HANDLE_WORDS) || isHandleBusy(at, code)) {
      return Kind.STALE_HANDLE;
    }
    if (at.leaving()) {
      return Kind.PLANNED;
    }
    if (code == TRY_LATER || hasAny(words, BUSY_WORDS)) {
      return Kind.BACK_OFF;
    }
    return isRefusedForGood(at, code, words) ? Kind.FATAL : Kind.RETRY;
  }

  /** What a refused upgrade asks for. */
  static Kind ofHttpStatus(int status) {
    return switch (status) {
      case 429, 503 -> Kind.BACK_OFF;
      case 408, 425 -> Kind.RETRY;
      default -> status >= 400 && status < 500 ? Kind.FATAL : Kind.RETRY;
    };
  }

  /** What an {@code error} message asks for; its code is an HTTP status. */
  static Kind ofRefusal(Circumstances at, int status, String message) {
    Kind byWords = ofClose(at, SessionEnd.NO_CODE, message);
    if (byWords != Kind.RETRY || status == 0) {
      return byWords;
    }
    return status == 400 && !at.onProbation() ? Kind.RETRY : ofHttpStatus(status);
  }

  /** A handle whose old connection is still open is refused with 1011 and no telling words. */
  private static boolean isHandleBusy(Circumstances at, int code) {
    return at.resumed() && at.phase() == Phase.SETUP && code == SERVER_ERROR;
  }

  private static boolean isRefusedForGood(Circumstances at, int code, String words) {
    return switch (code) {
      case INVALID_DATA -> at.onProbation();
      case POLICY -> at.phase() == Phase.SETUP && !hasAny(words, PASSING_WORDS);
      default -> false;
    };
  }

  private static boolean hasAny(String words, List<String> wanted) {
    return wanted.stream().anyMatch(words::contains);
  }
}
