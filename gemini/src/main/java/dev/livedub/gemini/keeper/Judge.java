package dev.livedub.gemini.keeper;

import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.gemini.guard.OutputFault;
import java.util.Optional;

/**
 * Says when a session that hears the source is no good and has to go, though its socket is open.
 *
 * <p>A session that neither hears nor says anything may be right: what was taken for speech may be
 * music. It is replaced all the same, but each time with twice the patience, and without holding it
 * against the service. So is one that hears and says nothing, for it may only lag further than any
 * before; that is held against the service.
 *
 * <p><b>Threading:</b> one thread.
 */
final class Judge {

  /** Longest doubling of the patience. */
  static final int MOST_PATIENCE = 16;

  private final AnswerLag lag;
  private int patience = 1;
  private boolean sourceTextSeen;

  /**
   * What a session is sentenced for.
   *
   * @param certain whether it counts as a failure of the service
   */
  record Sentence(RotationCause cause, Health why, boolean certain) {}

  Judge(AnswerLag lag) {
    this.lag = lag;
  }

  /** The service hears speech, and says so, in this stream. */
  void sourceTextSeen() {
    sourceTextSeen = true;
  }

  /** Voice came. */
  void translated() {
    patience = 1;
  }

  /** What is wrong with a session, if anything. */
  Optional<Sentence> judge(Link link, long nowNanos) {
    if (link.isOverdue(nowNanos)) {
      Health why = new Health(Health.State.FAILING, "the service does not answer");
      return Optional.of(new Sentence(RotationCause.DROP, why, true));
    }
    if (link.fault().isPresent()) {
      return link.fault().map(Judge::refuse);
    }
    return link.verdict(patience, nowNanos).map(verdict -> convict(link, verdict, nowNanos));
  }

  private static Sentence refuse(OutputFault fault) {
    String reason = "output refused: " + fault.description();
    Health why = new Health(Health.State.FAILING, Health.Cause.INVALID_OUTPUT, reason);
    return new Sentence(RotationCause.INVALID_OUTPUT, why, true);
  }

  private Sentence convict(Link link, OutputWatch.Verdict verdict, long nowNanos) {
    boolean certain =
        switch (verdict) {
          case STALLED, TEXT_WITHOUT_VOICE, UNANSWERED -> true;
          case ALL_ZERO -> link.hearsSpeech() || !sourceTextSeen;
          case SILENT -> false;
        };
    if (verdict.mayOnlyBeLate()) {
      patience = Math.min(2 * patience, MOST_PATIENCE);
      if (link.hearsSpeech()) {
        lag.measured(link.waitedNanos(nowNanos));
      }
    }
    boolean zeros = verdict == OutputWatch.Verdict.ALL_ZERO;
    Health.Cause cause = zeros ? Health.Cause.INVALID_OUTPUT : Health.Cause.ERROR;
    String which = link.isResumed() ? "the resumed session gives " : "the session gives ";
    Health why = new Health(Health.State.FAILING, cause, which + verdict.description());
    return new Sentence(RotationCause.SILENT, why, certain);
  }
}
