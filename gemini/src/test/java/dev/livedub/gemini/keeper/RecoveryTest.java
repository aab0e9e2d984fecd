package dev.livedub.gemini.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.gemini.session.SessionEnd;
import dev.livedub.gemini.session.SessionEnd.Kind;
import dev.livedub.gemini.session.SessionEnd.Phase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryTest {

  @Test
  void drop_inMidSpeech_resumesByHandleAndSendsAgainWhatWasNotAnswered() {
    Rehearsal show = new Rehearsal().start().speak(61.5);
    show.session(0).drop();
    show.speak(40).quiet(10);

    assertThat(show.sessions).hasSize(2);
    assertThat(show.session(1).resumedFrom).isPresent();
    SessionChange change = show.changes.get(0);
    assertThat(change.cause()).isEqualTo(RotationCause.RESUMED);
    assertThat(change.gapMillis()).isLessThan(1_000);
    assertThat(missing(show)).as("lost at the seam").hasSizeLessThanOrEqualTo(5);
    assertThat(repeated(show)).as("said twice at the seam").hasSizeLessThanOrEqualTo(5);
    assertThat(show.healthStates())
        .containsSubsequence(Health.State.READY, Health.State.FAILING, Health.State.READY);
    show.assertClientWithoutFault();
    show.assertPlacedInOrder();
  }

  @Test
  void drop_atEveryTenthOfASecond_losesAndRepeatsLittle() {
    for (int tenth = 0; tenth < 32; tenth++) {
      Rehearsal show = new Rehearsal().start().speak(60 + tenth / 10.0);
      show.session(0).drop();
      show.speak(30).quiet(10);

      assertThat(missing(show)).as("lost, drop at +%s", tenth).hasSizeLessThanOrEqualTo(6);
      assertThat(repeated(show)).as("repeated, drop at +%s", tenth).hasSizeLessThanOrEqualTo(6);
    }
  }

  @Test
  void drop_withoutHandle_startsFresh() {
    Rehearsal show = new Rehearsal();
    show.script = session -> session.givesHandles = false;
    show.start().speak(60);
    show.session(0).drop();
    show.speak(30);

    assertThat(show.session(1).resumedFrom).isEmpty();
    assertThat(show.changes).extracting(SessionChange::cause).containsExactly(RotationCause.DROP);
  }

  @Test
  void deadHandle_isDroppedAndAFreshSessionFollowsAtOnce() {
    Rehearsal show = new Rehearsal();
    show.script =
        session -> {
          if (session.resumedFrom.isPresent()) {
            session.refusal =
                new SessionEnd(Kind.STALE_HANDLE, Phase.SETUP, 1008, "session not found", false);
          }
        };
    show.start().speak(60);
    show.session(0).drop();
    show.speak(20);

    assertThat(show.sessions).hasSize(3);
    assertThat(show.session(2).resumedFrom).isEmpty();
    assertThat(show.changes).hasSize(1);
    assertThat(show.changes.get(0).gapMillis()).isLessThan(1_500);
    assertThat(show.breaker()).isZero();
  }

  @Test
  void resumeRefusedWhileOldSocketLives_freshSessionFollowsAtOnce() {
    Rehearsal show = new Rehearsal();
    show.script =
        session -> {
          if (session.resumedFrom.isPresent()) {
            session.refusal = new SessionEnd(Kind.RETRY, Phase.SETUP, 1011, "in use", false);
          }
        };
    show.start().speak(60);
    show.session(0).drop();
    show.speak(20);

    assertThat(show.sessions).hasSize(3);
    assertThat(show.session(2).resumedFrom).isEmpty();
    assertThat(show.changes.get(0).gapMillis()).isLessThan(1_500);
  }

  @Test
  void poisonedResume_textButNoVoice_escapesToAFreshSession() {
    Rehearsal show = new Rehearsal();
    show.script =
        session -> {
          if (session.resumedFrom.isPresent()) {
            session.voice = number -> Marked.hush(2);
          }
        };
    show.start().speak(60);
    show.session(0).drop();
    show.speak(40).quiet(10);

    assertThat(show.sessions).hasSize(3);
    assertThat(show.session(2).resumedFrom).isEmpty();
    assertThat(show.changes)
        .extracting(SessionChange::cause)
        .containsExactly(RotationCause.RESUMED, RotationCause.SILENT);
    assertThat(show.translated()).contains(show.spoken(900, 1_000).toArray(new Integer[0]));
  }

  @Test
  void replay_isNotFasterThanAllowed() {
    Rehearsal show = new Rehearsal().start().speak(60);
    show.session(0).drop();
    show.speak(30);

    List<Long> sent = show.session(1).sentAtNanos;
    for (int i = 0; i + 30 < sent.size(); i++) {
      long took = sent.get(i + 30) - sent.get(i);
      assertThat(took).as("30 chunks from %s", i).isGreaterThanOrEqualTo(1_600_000_000L);
    }
  }

  @Test
  void replay_isNeverFarAheadOfRealTime() {
    Rehearsal show = new Rehearsal().start().speak(62);
    show.session(0).drop();
    show.speak(30);

    double aheadNanos = 0;
    long before = 0;
    for (long sent : show.session(1).sentAtNanos) {
      aheadNanos = Math.max(0, aheadNanos - (sent - before)) + 100_000_000;
      before = sent;
      assertThat(aheadNanos).isLessThanOrEqualTo(1_600_000_000);
    }
  }

  @Test
  void replay_catchesUpInPauses() {
    Rehearsal show = new Rehearsal();
    show.script = session -> session.readyAfterMillis = 300;
    show.start().speak(60);
    show.session(0).drop();
    show.speak(60);

    // In the end each chunk is sent in the tenth of a second in which it is heard.
    ScriptedSession second = show.session(1);
    assertThat(second.heard.get(second.heard.size() - 1)).isEqualTo(lastSpoken(show));
  }

  @Test
  void outage_ofThirtySeconds_sendsAgainOnlyWhatCanStillBeHeard() {
    Rehearsal show = new Rehearsal();
    show.script =
        session -> {
          if (show.seconds() > 59 && show.seconds() < 90) {
            session.readyAfterMillis = 100;
            session.refusal =
                new SessionEnd(Kind.RETRY, Phase.UPGRADE, SessionEnd.NO_CODE, "no route", false);
          }
        };
    show.start().speak(60);
    show.session(0).drop();
    show.speak(150).quiet(10);

    assertThat(show.sessions).as("attempts").hasSizeBetween(4, 9);
    SessionChange change = show.changes.get(0);
    assertThat(change.gapMillis()).isGreaterThan(30_000);
    assertThat(change.holeMillis()).isGreaterThan(15_000);
    assertThat(show.breaker()).isZero();
    assertThat(show.health().state()).isEqualTo(Health.State.READY);
    assertThat(show.translated()).doesNotHaveDuplicates().isSorted();
    int from = show.chunk() - 500;
    assertThat(show.translated().stream().filter(number -> number >= from).toList())
        .isEqualTo(show.spoken(from, show.chunk() - 100));
  }

  @Test
  void drop_whileTheNextIsWarm_itTakesOver() {
    Rehearsal show = new Rehearsal();
    show.speaks = chunk -> true;
    show.source = chunk -> Marked.dense(chunk, Rehearsal.mediaMicros(chunk), 1);
    show.start().speak(512);
    assertThat(show.sessions).hasSize(2);
    show.session(0).drop();
    show.speak(20);

    assertThat(show.sessions).hasSize(2);
    assertThat(show.changes).hasSize(1);
    assertThat(show.changes.get(0).gapMillis()).isZero();
    assertThat(show.changes.get(0).cause()).isEqualTo(RotationCause.DROP);
  }

  private static int lastSpoken(Rehearsal show) {
    List<Integer> spoken = show.spoken(0, show.chunk());
    return spoken.get(spoken.size() - 1);
  }

  static List<Integer> missing(Rehearsal show) {
    List<Integer> missing = new ArrayList<>(show.spoken(0, show.chunk()));
    missing.removeAll(show.translated());
    return missing;
  }

  static List<Integer> repeated(Rehearsal show) {
    List<Integer> repeated = new ArrayList<>(show.translated());
    show.spoken(0, show.chunk()).forEach(number -> repeated.remove(number));
    return repeated;
  }
}
