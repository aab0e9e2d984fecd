package dev.livedub.gemini.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.gemini.money.MoneySettings;
import dev.livedub.gemini.session.SessionEnd;
import dev.livedub.gemini.session.SessionEnd.Kind;
import dev.livedub.gemini.session.SessionEnd.Phase;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PolicyRehearsalTest {

  @Test
  void fatal_atTheStart_failsOnceWithOneReason() {
    Rehearsal show =
        refusing(new SessionEnd(Kind.FATAL, Phase.SETUP, 1007, "key not valid", false));
    show.start().speak(600);

    assertThat(show.sessions).hasSize(1);
    assertThat(show.health()).isEqualTo(new Health(Health.State.FAILED, "key not valid"));
    assertThat(show.healthStates()).containsExactly(Health.State.CONNECTING, Health.State.FAILED);
    assertThat(show.keeper.isUnavailable()).isTrue();
  }

  @Test
  void quota_waitsAQuarterOfAnHour() {
    Rehearsal show =
        refusing(new SessionEnd(Kind.QUOTA, Phase.LIVE, 1011, "You exceeded your quota", false));
    show.start().speak(14 * 60);

    assertThat(show.sessions).hasSize(1);
    assertThat(show.health().reason()).contains("quota").contains("15 min");
    show.script = session -> {};
    show.speak(2 * 60);
    assertThat(show.sessions).hasSize(2);
    assertThat(show.health().state()).isEqualTo(Health.State.READY);
  }

  @Test
  void noNetwork_forTenMinutes_isNoStormAndRecovers() {
    Rehearsal show =
        refusing(new SessionEnd(Kind.RETRY, Phase.UPGRADE, SessionEnd.NO_CODE, "no route", false));
    show.start().speak(600);

    assertThat(show.sessions).as("attempts in ten minutes").hasSizeBetween(6, 16);
    assertThat(show.health().state()).isEqualTo(Health.State.FAILING);
    show.script = session -> {};
    show.speak(200).quiet(8);
    assertThat(show.health().state()).isEqualTo(Health.State.READY);
    assertThat(show.breaker()).isZero();
    assertThat(show.translated()).containsAll(show.spoken(show.chunk() - 300, show.chunk()));
  }

  @Test
  void busy_backsOffFromTheFirstTime() {
    Rehearsal show = refusing(new SessionEnd(Kind.BACK_OFF, Phase.UPGRADE, 429, "busy", false));
    show.start().speak(4);

    assertThat(show.sessions).hasSizeBetween(1, 2);
    show.speak(120);
    assertThat(show.sessions).hasSizeLessThan(9);
  }

  @Test
  void setUpNeverAnswered_isGivenUpAndTriedAgain() {
    Rehearsal show = new Rehearsal();
    show.script = session -> session.readyAfterMillis = show.sessions.size() == 1 ? -1 : 300;
    show.start().speak(40).quiet(10);

    assertThat(show.sessions).hasSize(2);
    assertThat(show.session(0).closed).isTrue();
    assertThat(show.translated()).containsAll(show.spoken(200, show.chunk()));
  }

  @Test
  void breaker_open_saysSoAndSendIsRefused() {
    Rehearsal show =
        refusing(new SessionEnd(Kind.RETRY, Phase.UPGRADE, SessionEnd.NO_CODE, "no route", false));
    show.start().speak(8);

    assertThat(show.breaker()).isEqualTo(2);
    assertThat(show.health().cause()).isEqualTo(Health.Cause.BREAKER_OPEN);
    assertThat(show.keeper.isUnavailable()).isTrue();
  }

  @Test
  void cost_ofAnHour_isAsListed() {
    Rehearsal show = new Rehearsal().start().speak(3_600);

    // 25 tokens a second each way at $3.50 and $21 a million, and a little for warming up.
    assertThat(show.costUsd()).isBetween(2.19, 2.35);
  }

  @Test
  void cost_withoutUsageFromTheService_isEstimated() {
    Rehearsal show = new Rehearsal();
    show.script = session -> session.tellsUsage = false;
    show.start().speak(3_600);

    assertThat(show.costUsd()).isBetween(2.15, 2.35);
  }

  @Test
  void budgetPerHour_isKeptAndOpensAgain() {
    Rehearsal show = withMoney(MoneySettings.DEFAULT.withBudget(usd(0.5), OptionalDouble.empty()));
    show.start().speak(4 * 3_600);

    assertThat(show.all(Health.class))
        .anySatisfy(
            health -> {
              assertThat(health.cause()).isEqualTo(Health.Cause.BUDGET);
              assertThat(health.reason()).contains("per hour").contains("0.50");
            });
    assertThat(show.costUsd()).isBetween(1.5, 2.1);
    assertThat(show.healthStates().stream().filter(Health.State.READY::equals).count())
        .isBetween(3L, 60L);
  }

  @Test
  void budgetOfTheRun_endsItForGood() {
    Rehearsal show = withMoney(MoneySettings.DEFAULT.withBudget(OptionalDouble.empty(), usd(0.1)));
    show.start().speak(3_600);

    assertThat(show.health().state()).isEqualTo(Health.State.FAILED);
    assertThat(show.health().cause()).isEqualTo(Health.Cause.BUDGET);
    assertThat(show.costUsd()).isBetween(0.1, 0.103);
    assertThat(show.sessions).hasSize(1).allSatisfy(session -> assertThat(session.closed).isTrue());
  }

  @Test
  void suspension_afterThirtySecondsOfQuiet_savesMoneyAndWakesWithPreRoll() {
    Rehearsal show =
        withMoney(MoneySettings.DEFAULT.withSuspendAfter(Optional.of(Duration.ofSeconds(30))));
    show.start().speak(60).quiet(600);
    double costBefore = show.costUsd();
    assertThat(show.sessions).hasSize(1);
    assertThat(show.session(0).closed).isTrue();
    assertThat(show.health().state()).isEqualTo(Health.State.READY);
    int onset = show.chunk() + (32 - show.chunk() % 32) % 32;
    show.quiet((onset - show.chunk()) / 10.0).speak(60).quiet(8);

    assertThat(show.sessions).hasSize(2);
    assertThat(show.session(1).heard.get(0)).isEqualTo(onset);
    assertThat(show.translated()).containsAll(show.spoken(onset, show.chunk() - 80));
    assertThat(show.suspensions).hasSize(1);
    assertThat(show.suspensions.get(0).toSeconds()).isBetween(560L, 575L);
    assertThat(costBefore).isLessThan(0.075);
    assertThat(show.changes)
        .extracting(SessionChange::cause)
        .containsExactly(RotationCause.SUSPENDED);
  }

  @Test
  void suspension_off_neverCloses() {
    Rehearsal show = new Rehearsal().start().speak(10).quiet(400);

    assertThat(show.sessions).hasSize(1);
    assertThat(show.session(0).sent).as("silence in real time").isGreaterThan(4_050);
  }

  @Test
  void muted_isQuietAndSaysSo_thenGoesOnInTheSameSession() {
    Rehearsal show = new Rehearsal().start().speak(60);
    show.keeper.setMuted(true);
    int voices = show.all(DubAudio.class).size();
    show.speak(10);

    assertThat(show.health().cause()).isEqualTo(Health.Cause.MUTED);
    assertThat(show.all(DubAudio.class)).hasSize(voices);
    int heard = show.session(0).heard.size();
    show.keeper.setMuted(false);
    int from = show.chunk();
    show.speak(30).quiet(8);
    assertThat(show.sessions).hasSize(1);
    assertThat(show.session(0).heard.size()).isGreaterThan(heard);
    assertThat(show.translated()).containsAll(show.spoken(from + 1, show.chunk() - 80));
    assertThat(show.health().state()).isEqualTo(Health.State.READY);
  }

  @Test
  void muted_forLong_closesAndOpensAgain() {
    Rehearsal show = new Rehearsal().start().speak(60);
    show.keeper.setMuted(true);
    show.speak(60);
    assertThat(show.session(0).closed).isTrue();
    show.keeper.setMuted(false);
    show.speak(30);

    assertThat(show.sessions).hasSize(2);
    assertThat(show.health().state()).isEqualTo(Health.State.READY);
  }

  @Test
  void inputAway_forSeconds_wordsComeOutAllTheSame() {
    Rehearsal show = new Rehearsal().start().speak(60).await(8);

    show.assertAllTranslatedOnce();
    show.speak(30).quiet(8);
    show.assertAllTranslatedOnce();
    assertThat(show.sessions).hasSize(1);
  }

  @Test
  void inputAway_forMinutes_closesAndOpensAgain() {
    Rehearsal show = new Rehearsal().start().speak(60).await(300);
    assertThat(show.session(0).closed).isTrue();
    assertThat(show.sessions).hasSize(1);
    show.speak(40).quiet(8);

    assertThat(show.sessions).hasSize(2);
    show.assertAllTranslatedOnce();
  }

  @Test
  void inputComesInBursts_nothingIsLostAndNoLagStays() {
    Rehearsal show = new Rehearsal().start().speak(60);
    for (int i = 0; i < 20; i++) {
      show.await(1.5).burst(15).speak(3);
    }
    show.quiet(8);

    assertThat(show.translated()).doesNotHaveDuplicates().isSorted();
    show.assertAllTranslatedOnce();
  }

  @Test
  void finish_drainsTheLastWordsThenCloses() {
    Rehearsal show = new Rehearsal().start().speak(62);
    show.keeper.finish();
    show.await(12);

    show.assertAllTranslatedOnce();
    assertThat(show.keeper.isFinished()).isTrue();
    assertThat(show.health().state()).isEqualTo(Health.State.READY);
    assertThat(show.session(0).audioEnded).isTrue();
    assertThat(show.session(0).closed).isTrue();
  }

  @Test
  void finish_duringAHandOver_bothSayTheirLastWords() {
    Rehearsal show = new Rehearsal().start();
    while (show.sessions.size() < 2 || show.session(1).heard.isEmpty()) {
      show.speak(0.1);
    }
    show.speak(1);
    show.keeper.finish();
    show.await(14);

    show.assertAllTranslatedOnce();
    assertThat(show.keeper.isFinished()).isTrue();
  }

  @Test
  void close_closesEverySession() {
    Rehearsal show = new Rehearsal().start().speak(20);
    show.keeper.close();
    int events = show.events.size();
    show.speak(5);

    assertThat(show.sessions).allSatisfy(session -> assertThat(session.closed).isTrue());
    assertThat(show.events).hasSize(events);
  }

  private static Rehearsal refusing(SessionEnd end) {
    Rehearsal show = new Rehearsal();
    show.script =
        session -> {
          session.readyAfterMillis = 200;
          session.refusal = end;
        };
    return show;
  }

  private static Rehearsal withMoney(MoneySettings money) {
    return new Rehearsal(KeeperSettings.of("es").with(money));
  }

  private static OptionalDouble usd(double amount) {
    return OptionalDouble.of(amount);
  }
}
