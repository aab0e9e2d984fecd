package dev.livedub.gemini.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.translate.TranslatorEvent.SourceKept;
import dev.livedub.gemini.session.SessionEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchTest {

  @Test
  void silentDeath_isNoticedWithinFiveSecondsAndAFreshSessionFollows() {
    Rehearsal show = new Rehearsal();
    show.start().speak(62);
    show.session(0).voice = number -> Marked.hush(3);
    long diedNanos = show.nowNanos();
    show.speak(30).quiet(10);

    assertThat(firstFailingNanos(show) - diedNanos).isLessThanOrEqualTo(5_200_000_000L);
    assertThat(show.session(1).resumedFrom).isEmpty();
    assertThat(show.changes).extracting(SessionChange::cause).containsExactly(RotationCause.SILENT);
    assertThat(show.health().state()).isEqualTo(Health.State.READY);
    assertThat(show.translated()).contains(show.spoken(800, 900).toArray(new Integer[0]));
  }

  @Test
  void longLag_knownFromBefore_longPauseOfTheSpeaker_isNotTakenForDeath() {
    Rehearsal show = new Rehearsal();
    show.start().speak(20);
    for (int lagChunks = 40; lagChunks <= 100; lagChunks += 10) {
      show.session(0).lagChunks = lagChunks;
      show.speak(20);
    }
    show.quiet(15).speak(20).quiet(15);

    assertThat(show.sessions).hasSize(1);
    assertThat(show.healthStates()).containsExactly(Health.State.CONNECTING, Health.State.READY);
    assertThat(show.roundTrips.get(show.roundTrips.size() - 1).toMillis())
        .isBetween(9_900L, 10_500L);
    show.assertAllTranslatedOnce();
  }

  @Test
  void longLag_knownFromBefore_deathIsNoticedAllTheSame() {
    Rehearsal show = new Rehearsal();
    show.start().speak(20);
    show.session(0).lagChunks = 80;
    show.speak(60);
    show.session(0).voice = number -> Marked.hush(3);
    show.session(0).tellsText = false;
    long diedNanos = show.nowNanos();
    show.speak(30).quiet(12);

    assertThat(firstFailingNanos(show) - diedNanos).isLessThanOrEqualTo(10_500_000_000L);
    assertThat(show.sessions).hasSize(2);
  }

  @Test
  void longLag_fromTheStart_isFoundOutAndTheBreakerStaysClosed() {
    Rehearsal show = new Rehearsal();
    show.script = session -> session.lagChunks = 90;
    show.start().speak(150).quiet(15);

    assertThat(show.health().state()).isEqualTo(Health.State.READY);
    assertThat(show.breaker()).isZero();
    assertThat(show.sessions).as("some are given up before").hasSizeBetween(2, 4);
    assertThat(show.translated()).containsAll(show.spoken(400, show.chunk()));
  }

  @Test
  void stall_thenBurstOfTheOldSession_burstIsDiscarded() {
    Rehearsal show = new Rehearsal();
    show.start().speak(62);
    show.session(0).stalled = true;
    show.speak(20);
    show.session(0).say(new SessionEvent.Audio(Marked.voice(88_888, 1)));
    show.speak(20);

    assertThat(show.translated()).doesNotContain(88_888).doesNotHaveDuplicates().isSorted();
    assertThat(show.changes).extracting(SessionChange::cause).containsExactly(RotationCause.SILENT);
  }

  @Test
  void stall_isNoticedWithinFourSeconds() {
    Rehearsal show = new Rehearsal();
    show.start().speak(62);
    show.session(0).stalled = true;
    long diedNanos = show.nowNanos();
    show.speak(10);

    assertThat(firstFailingNanos(show) - diedNanos).isLessThanOrEqualTo(4_000_000_000L);
  }

  @Test
  void stall_everySessionAgainAndAgain_opensTheBreakerAndClosesIt() {
    Rehearsal show = new Rehearsal();
    show.start().speak(62);
    show.session(0).stalled = true;
    show.script = session -> session.stalled = show.seconds() < 130;
    show.speak(58);

    assertThat(show.all(Health.class))
        .anySatisfy(health -> assertThat(health.cause()).isEqualTo(Health.Cause.BREAKER_OPEN));
    show.speak(120).quiet(8);
    assertThat(show.breaker()).isZero();
    assertThat(show.health().state()).isEqualTo(Health.State.READY);
    int from = show.chunk() - 400;
    assertThat(show.translated()).containsAll(show.spoken(from, show.chunk()));
  }

  @Test
  void allZero_fromTheStart_isInvalidOutput() {
    Rehearsal show = new Rehearsal();
    show.script =
        session -> {
          session.tellsText = false;
          if (show.sessions.size() == 1) {
            session.voice = number -> new short[Marked.VOICE_SAMPLES];
          }
        };
    show.start().speak(30);

    assertThat(show.all(Health.class))
        .anySatisfy(health -> assertThat(health.cause()).isEqualTo(Health.Cause.INVALID_OUTPUT));
    assertThat(show.sessions).hasSize(2);
    assertThat(show.translated()).isNotEmpty();
  }

  @Test
  void stuckTone_isRefusedWithinThreeSecondsAndNeverComesBack() {
    Rehearsal show = new Rehearsal();
    show.start().speak(62);
    long stuckNanos = show.nowNanos();
    show.session(0).voice = number -> tone();
    show.speak(30).quiet(8);

    long failed = firstFailingNanos(show);
    assertThat(failed - stuckNanos).isLessThanOrEqualTo(3_000_000_000L);
    assertThat(causes(show)).contains(Health.Cause.INVALID_OUTPUT);
    assertThat(show.changes)
        .extracting(SessionChange::cause)
        .containsExactly(RotationCause.INVALID_OUTPUT);
    assertThat(show.translated()).containsAll(show.spoken(800, 900));
  }

  @Test
  void clipping_isRefused() {
    Rehearsal show = new Rehearsal();
    show.start().speak(62);
    show.session(0).voice = number -> Marked.voice(Math.max(0, number), 200);
    show.speak(30);

    assertThat(causes(show)).contains(Health.Cause.INVALID_OUTPUT);
    assertThat(show.sessions).hasSize(2);
  }

  @Test
  void tenTimesQuieter_isTranslatedAsWell() {
    Rehearsal show = new Rehearsal();
    show.script =
        session ->
            session.voice = number -> number < 0 ? Marked.hush(1) : Marked.voice(number, 0.1);
    show.start().speak(120).quiet(8);

    show.assertAllTranslatedOnce();
  }

  @Test
  void wrongLanguage_persistently_isRefused() {
    Rehearsal show = new Rehearsal();
    show.start().speak(62);
    show.session(0).targetLanguage = "pt";
    show.speak(20);

    assertThat(causes(show)).contains(Health.Cause.INVALID_OUTPUT);
    assertThat(show.sessions).hasSize(2);
  }

  @Test
  void music_takenForSpeech_doesNotOpenTheBreaker() {
    Rehearsal show = new Rehearsal();
    show.script =
        session -> {
          session.tellsText = show.seconds() > 300;
          session.voice =
              number ->
                  show.seconds() > 300 ? ScriptedSession.HONEST.apply(number) : Marked.hush(4);
        };
    show.start().speak(300);

    assertThat(show.sessions).as("patience grows").hasSizeLessThanOrEqualTo(8);
    assertThat(show.breaker()).isZero();
    show.lastSession().tellsText = true;
    show.speak(100).quiet(8);
    assertThat(show.translated()).containsAll(show.spoken(3_100, show.chunk()));
  }

  @Test
  void allZero_everySessionThoughSpeechIsHeard_opensTheBreaker() {
    Rehearsal show = new Rehearsal();
    show.script = session -> session.voice = number -> new short[Marked.VOICE_SAMPLES];
    show.start().speak(60);

    assertThat(causes(show)).contains(Health.Cause.INVALID_OUTPUT, Health.Cause.BREAKER_OPEN);
  }

  @Test
  void targetLanguageSpoken_isKeptAndDoesNotTripTheWatch() {
    Rehearsal show = new Rehearsal();
    show.script =
        session -> {
          session.sourceLanguage = "es-MX";
          session.voice = number -> Marked.hush(5);
        };
    show.start().speak(50);

    assertThat(show.sessions).hasSize(1);
    assertThat(show.healthStates()).containsExactly(Health.State.CONNECTING, Health.State.READY);
    List<SourceKept> kept = show.all(SourceKept.class);
    long total = kept.stream().mapToLong(span -> span.toMicros() - span.fromMicros()).sum();
    assertThat(total).isBetween(40_000_000L, 50_000_000L);
    assertThat(kept).extracting(SourceKept::fromMicros).isSorted();
    assertThat(show.all(DubAudio.class)).isEmpty();
  }

  @Test
  void targetLanguageHeardForLong_asksAFreshSession() {
    Rehearsal show = new Rehearsal();
    show.script =
        session -> {
          if (show.sessions.size() == 1) {
            session.sourceLanguage = "es";
            session.voice = number -> Marked.hush(6);
          }
        };
    show.start().speak(100).quiet(8);

    assertThat(show.sessions).hasSize(2);
    assertThat(show.changes.get(0).reason()).contains("language");
    assertThat(show.translated()).containsAll(show.spoken(800, show.chunk()));
  }

  @Test
  void duplicatedText_withoutRepeatedVoice_isTolerated() {
    Rehearsal show = new Rehearsal();
    show.start();
    for (int i = 0; i < 10; i++) {
      show.speak(5);
      for (int twice = 0; twice < 2; twice++) {
        show.session(0)
            .say(
                new SessionEvent.Transcript(
                    dev.livedub.core.translate.TranslatorEvent.Transcript.Side.TARGET,
                    " Esta es la misma frase larga de siempre " + i + ".",
                    "es"));
      }
    }
    show.speak(5);

    assertThat(show.sessions).hasSize(1);
  }

  @Test
  void roundTrip_isMeasuredFromOnsetToVoice() {
    Rehearsal show = new Rehearsal().start().speak(60);

    assertThat(show.roundTrips).hasSizeGreaterThan(5);
    assertThat(show.roundTrips)
        .allSatisfy(trip -> assertThat(trip.toMillis()).isBetween(3_200L, 3_900L));
  }

  private static short[] tone() {
    short[] samples = new short[Marked.VOICE_SAMPLES];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (12_000 * Math.sin(2 * Math.PI * 500 * i / 24_000));
    }
    return samples;
  }

  private static List<Health.Cause> causes(Rehearsal show) {
    return show.all(Health.class).stream().filter(Health::isImpaired).map(Health::cause).toList();
  }

  private static long firstFailingNanos(Rehearsal show) {
    for (int i = 0; i < show.events.size(); i++) {
      if (show.events.get(i) instanceof Health health && health.isImpaired()) {
        return show.eventNanos.get(i);
      }
    }
    throw new AssertionError("never failing");
  }
}
