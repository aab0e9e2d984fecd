package dev.livedub.gemini.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.gemini.session.SessionEnd;
import dev.livedub.gemini.session.SessionEnd.Kind;
import dev.livedub.gemini.session.SessionEnd.Phase;
import dev.livedub.gemini.session.SessionEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class RotationTest {

  @Test
  void threeHours_serviceWell_nothingUntranslatedOrRepeated() {
    Rehearsal show = new Rehearsal().start().speak(3 * 3_600).quiet(8);

    show.assertAllTranslatedOnce();
    show.assertPlacedInOrder();
    show.assertClientWithoutFault();
    assertThat(show.sessions).hasSizeBetween(20, 24);
    assertThat(show.changes)
        .hasSize(show.sessions.size() - 1)
        .allSatisfy(
            change -> {
              assertThat(change.cause()).isEqualTo(RotationCause.PLANNED);
              assertThat(change.holeMillis()).isZero();
              assertThat(change.repeatedMillis()).isZero();
              assertThat(change.gapMillis()).isZero();
              assertThat(change.ageSeconds()).isBetween(490L, 540L);
            });
    assertThat(show.changes.stream().map(SessionChange::ageSeconds).distinct().count())
        .as("rotations are spread at random")
        .isGreaterThan(5);
    assertThat(show.healthStates()).containsExactly(Health.State.CONNECTING, Health.State.READY);
  }

  @Test
  void rotation_speechGoesToOneSessionOnly() {
    Rehearsal show = new Rehearsal().start().speak(600);

    List<Integer> first = show.session(0).heard;
    List<Integer> second = show.session(1).heard;
    assertThat(second).isNotEmpty().doesNotContainAnyElementsOf(first);
    assertThat(second.get(0)).as("cut in a pause").isEqualTo(firstAfterPause(second.get(0)));
  }

  @Test
  void rotation_noPauseEver_cutsNearTheDeadline() {
    Rehearsal show = new Rehearsal();
    IntFunction<SpeechChunk> quiet = show.source;
    show.speaks = chunk -> true;
    show.source =
        chunk ->
            show.speaks.test(chunk)
                ? Marked.dense(chunk, Rehearsal.mediaMicros(chunk), chunk % 17 == 0 ? 0.3 : 1)
                : quiet.apply(chunk);
    show.start().speak(545);

    assertThat(show.changes).hasSize(1);
    assertThat(show.changes.get(0).ageSeconds()).isBetween(508L, 535L);
    assertThat(show.session(1).heard.get(0) % 17).as("at a quiet place").isZero();
    show.quiet(8);
    show.assertAllTranslatedOnce();
  }

  @Test
  void rotation_lagHasGrownToElevenSeconds_lastWordsAreWaitedFor() {
    Rehearsal show = new Rehearsal();
    show.start();
    for (int minute = 0; minute < 12; minute++) {
      int lagChunks = 33 + 10 * (minute % 9);
      show.lastSession().lagChunks = Math.max(show.lastSession().lagChunks, lagChunks);
      show.speak(60);
    }
    show.quiet(20);

    assertThat(show.sessions).hasSize(2);
    assertThat(show.changes).extracting(SessionChange::holeMillis).containsExactly(0L);
    show.assertAllTranslatedOnce();
  }

  @Test
  void rotation_oldSpeaksLong_newOneWaitsForItsLastWord() {
    Rehearsal show = new Rehearsal();
    show.script = session -> session.lagChunks = show.sessions.size() == 1 ? 50 : 30;
    show.start().speak(560).quiet(8);

    show.assertAllTranslatedOnce();
    show.assertPlacedInOrder();
    assertThat(show.changes).hasSize(1);
    assertThat(show.changes.get(0).holeMillis()).isZero();
  }

  @Test
  void goAway_onceOrTwice_handsOverInTime() {
    Rehearsal show = new Rehearsal().start().speak(100);
    SessionEvent goAway = new SessionEvent.GoAway(Optional.of(Duration.ofSeconds(50)));
    show.session(0).say(goAway);
    show.speak(1);
    show.session(0).say(goAway);
    show.speak(40).quiet(8);

    show.assertAllTranslatedOnce();
    assertThat(show.sessions).hasSize(2);
    assertThat(show.changes)
        .extracting(SessionChange::cause)
        .containsExactly(RotationCause.GO_AWAY);
    assertThat(show.session(0).closed).isTrue();
  }

  @Test
  void goAway_fractionOfASecondAndThenQuiet_goesOnInTheNext() {
    Rehearsal show = new Rehearsal().start().speak(100);
    show.session(0).say(new SessionEvent.GoAway(Optional.of(Duration.ofMillis(9_950))));
    show.speak(3);
    show.session(0).stalled = true;
    show.speak(30);

    assertThat(show.sessions.size()).isEqualTo(2);
    assertThat(show.session(1).heard.get(0)).isLessThan(1_045);
    assertThat(show.health().state()).isEqualTo(Health.State.READY);
  }

  @Test
  void goAway_withoutTimeLeft_isTakenAsUsual() {
    Rehearsal show = new Rehearsal().start().speak(100);
    show.session(0).say(new SessionEvent.GoAway(Optional.empty()));
    show.speak(40).quiet(8);

    show.assertAllTranslatedOnce();
    assertThat(show.changes)
        .extracting(SessionChange::cause)
        .containsExactly(RotationCause.GO_AWAY);
  }

  @Test
  void goAway_neverSent_oldIsLeftBeforeTheServiceEndsIt() {
    Rehearsal show = new Rehearsal();
    show.script = session -> session.readyAfterMillis = show.sessions.size() == 2 ? -1 : 300;
    show.start().speak(589);

    // The second never came up; a third did before 9:40.
    assertThat(show.sessions).hasSize(3);
    assertThat(show.session(0).closed).isTrue();
    show.quiet(8);
    show.assertAllTranslatedOnce();
  }

  @Test
  void goAwayThenClosed1008_beforeTheNextIsReady_replaysWhatWasNotHeard() {
    Rehearsal show = new Rehearsal();
    show.script = session -> session.readyAfterMillis = show.sessions.size() == 2 ? 4_000 : 300;
    show.start().speak(100);
    show.session(0).say(new SessionEvent.GoAway(Optional.of(Duration.ofSeconds(2))));
    show.speak(2);
    show.session(0)
        .end(new SessionEnd(Kind.PLANNED, Phase.CLOSING, 1008, "session duration", true));
    show.speak(30).quiet(10);

    assertThat(show.sessions).hasSize(2);
    assertThat(show.translated()).isSorted().doesNotHaveDuplicates();
    SessionChange change = show.changes.get(0);
    assertThat(change.cause()).isEqualTo(RotationCause.GO_AWAY);
    assertThat(missing(show)).hasSizeLessThanOrEqualTo(25);
  }

  @Test
  void rotation_lateWordsOfTheOld_areDiscarded() {
    Rehearsal show = new Rehearsal().start().speak(560);
    int events = show.all(DubAudio.class).size();
    show.session(0).say(new SessionEvent.Audio(Marked.voice(77_777, 1)));
    show.speak(1);

    assertThat(show.translated()).doesNotContain(77_777);
    assertThat(show.all(DubAudio.class).size()).isGreaterThanOrEqualTo(events);
  }

  @Test
  void rotation_nextIsRefusedForQuota_currentGoesOnToItsEnd() {
    Rehearsal show = new Rehearsal();
    show.script =
        session -> {
          if (show.sessions.size() > 1) {
            session.refusal =
                new SessionEnd(Kind.QUOTA, Phase.SETUP, 1011, "quota exceeded", false);
          }
        };
    show.start().speak(570);

    assertThat(show.sessions).as("no storm").hasSize(2);
    assertThat(show.health().state()).isEqualTo(Health.State.READY);
    show.session(0).end(new SessionEnd(Kind.PLANNED, Phase.CLOSING, 1008, "end", true));
    show.speak(10);
    assertThat(show.health().state()).isEqualTo(Health.State.FAILING);
    assertThat(show.health().reason()).contains("quota");
    assertThat(show.sessions).hasSize(2);
  }

  private static int firstAfterPause(int chunk) {
    return chunk - chunk % 32;
  }

  private static List<Integer> missing(Rehearsal show) {
    List<Integer> missing = new ArrayList<>(show.spoken(0, show.chunk()));
    missing.removeAll(show.translated());
    return missing;
  }
}
