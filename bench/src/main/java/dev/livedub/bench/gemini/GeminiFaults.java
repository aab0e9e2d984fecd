package dev.livedub.bench.gemini;

import static dev.livedub.testkit.gemini.fault.FaultPlan.all;
import static dev.livedub.testkit.gemini.fault.FaultPlan.live;
import static dev.livedub.testkit.gemini.fault.FaultPlan.next;

import dev.livedub.gemini.keeper.RotationSettings;
import dev.livedub.gemini.policy.RetrySettings;
import dev.livedub.gemini.transport.TransportSettings;
import dev.livedub.testkit.gemini.fault.FaultKind;
import dev.livedub.testkit.gemini.fault.FaultPlan;
import dev.livedub.testkit.gemini.fault.KnownClose;
import dev.livedub.testkit.gemini.fault.SimFault;
import dev.livedub.testkit.gemini.fault.SimFault.Disorder;
import dev.livedub.testkit.gemini.fault.SimFault.Form;
import dev.livedub.testkit.gemini.record.ClientFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** All faults of the service, and pairs that meet in practice. */
final class GeminiFaults {

  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Duration TIME_LEFT = Duration.ofSeconds(8);

  private GeminiFaults() {}

  /** Every row of the table. */
  static List<GeminiFault> every() {
    List<GeminiFault> faults = new ArrayList<>();
    faults.addAll(connections());
    faults.addAll(setUps());
    faults.addAll(closes());
    faults.addAll(refusals());
    faults.addAll(goAways());
    faults.addAll(sounds());
    faults.addAll(messages());
    faults.addAll(pairs());
    return List.copyOf(faults);
  }

  private static List<GeminiFault> connections() {
    return List.of(
        plain("reset", "TCP reset", FaultKind.RESET),
        plain("fin", "FIN without a close frame", FaultKind.FIN),
        during(
            "close-left-open",
            "close frame, and the socket stays open",
            new SimFault.Close(1_011, "Internal error encountered.", true)),
        during("stop-reading", "stops reading", new SimFault.StopReading(LONG)),
        during("stall", "says nothing for 50 s", new SimFault.Stall(LONG, false)),
        during(
            "stall-burst",
            "says nothing for 3 s, then all of it at once",
            new SimFault.Stall(Duration.ofSeconds(3), true)),
        GeminiFault.live(
                "ignore-close",
                "does not answer the close frame of a rotation",
                FaultKind.IGNORE_CLOSE,
                order(live(SimFault.of(FaultKind.IGNORE_CLOSE))))
            .on(GeminiFaults::rotating)
            .watched(24),
        GeminiFault.live(
                "slow-pongs",
                "pongs after 8 to 30 s",
                FaultKind.SLOW_PONGS,
                order(all(new SimFault.SlowPongs(Duration.ofSeconds(8), Duration.ofSeconds(30)))))
            .on(GeminiFaults::pinging)
            .before()
            .watched(100),
        GeminiFault.live(
                "no-pongs",
                "no pongs",
                FaultKind.NO_PONGS,
                order(next(SimFault.of(FaultKind.NO_PONGS))))
            .on(GeminiFaults::pinging)
            .before()
            .watched(140));
  }

  private static List<GeminiFault> setUps() {
    return List.of(
        again("set-up-5", "TCP reset, then setupComplete after 5 s", slowSetUp(5)),
        again("set-up-15", "TCP reset, then setupComplete after 15 s", slowSetUp(15)).watched(30),
        again("set-up-60", "TCP reset, then setupComplete after 60 s", slowSetUp(60)).watched(30),
        again("no-set-up", "TCP reset, then no setupComplete", SimFault.of(FaultKind.NO_SET_UP))
            .watched(30),
        again(
                "ignore-upgrade",
                "TCP reset, then no answer to the upgrade",
                SimFault.of(FaultKind.IGNORE_UPGRADE))
            .watched(30));
  }

  private static SimFault slowSetUp(int seconds) {
    return new SimFault.SlowSetUp(Duration.ofSeconds(seconds));
  }

  private static List<GeminiFault> closes() {
    List<GeminiFault> faults = new ArrayList<>();
    for (KnownClose close :
        List.of(
            KnownClose.DEADLINE,
            KnownClose.INTERNAL,
            KnownClose.UNAVAILABLE,
            KnownClose.ABORTED,
            KnownClose.LIFE_OVER,
            KnownClose.NORMAL,
            KnownClose.GOING_AWAY)) {
      faults.add(during("close-" + close.label(), words(close) + " in mid-stream", close.fault()));
    }
    faults.add(during("close-1006", "1006 in mid-stream", SimFault.close(1_006, "")));
    faults.add(
        during("close-quota", words(KnownClose.QUOTA) + " in mid-stream", KnownClose.QUOTA.fault())
            .watched(24));
    faults.add(
        during(
                "close-argument",
                words(KnownClose.INVALID_ARGUMENT) + " seconds after the set-up",
                KnownClose.INVALID_ARGUMENT.fault())
            .forGood());
    for (KnownClose close : List.of(KnownClose.INVALID_HANDLE, KnownClose.SESSION_NOT_FOUND)) {
      faults.add(refusedAgain("set-up-" + close.label(), close));
    }
    for (KnownClose close : List.of(KnownClose.INVALID_JSON, KnownClose.INVALID_ARGUMENT)) {
      faults.add(refusedAgain("set-up-" + close.label(), close).forGood());
    }
    return faults;
  }

  private static GeminiFault refusedAgain(String name, KnownClose close) {
    return GeminiFault.live(
        name,
        "TCP reset, then " + words(close) + " to the set-up",
        FaultKind.CLOSE,
        order(next(close.fault()).beforeSetUp(), live(SimFault.of(FaultKind.RESET))));
  }

  private static String words(KnownClose close) {
    String reason = close.reason();
    String cut = reason.length() > 40 ? reason.substring(0, 40) + "…" : reason;
    return close.code() + (cut.isEmpty() ? "" : " *" + cut + "*");
  }

  private static List<GeminiFault> refusals() {
    List<GeminiFault> faults = new ArrayList<>();
    for (int status : List.of(401, 403)) {
      faults.add(
          GeminiFault.live(
                  "http-" + status,
                  "TCP reset, then HTTP " + status + " to the upgrade, for good",
                  FaultKind.REFUSE_UPGRADE,
                  order(
                      all(new SimFault.RefuseUpgrade(status)), live(SimFault.of(FaultKind.RESET))))
              .forGood());
    }
    for (int status : List.of(429, 503)) {
      faults.add(
          GeminiFault.live(
                  "http-" + status,
                  "TCP reset, then HTTP " + status + " to the upgrade, twice",
                  FaultKind.REFUSE_UPGRADE,
                  order(
                      next(new SimFault.RefuseUpgrade(status)),
                      next(new SimFault.RefuseUpgrade(status)),
                      live(SimFault.of(FaultKind.RESET))))
              .watched(28));
    }
    faults.add(
        again(
                "quota",
                "TCP reset, then " + words(KnownClose.QUOTA) + " 0.8 s after the set-up",
                FaultKind.CLOSE,
                next(KnownClose.QUOTA.fault()).afterSetUp(Duration.ofMillis(800)))
            .watched(26));
    faults.add(
        GeminiFault.live(
                "concurrency-cap",
                "no more than one session at once, at a rotation",
                FaultKind.CONCURRENCY_CAP,
                order(live(new SimFault.ConcurrencyCap(1))))
            .on(GeminiFaults::rotating)
            .watched(30));
    faults.add(
        GeminiFault.hopeless(
            "key-invalid", "a key that is wrong", plan -> plan.withKey("invalid-key")));
    faults.add(
        GeminiFault.hopeless(
            "key-expired", "a key that has expired", plan -> plan.withKey("expired-key")));
    faults.add(
        GeminiFault.hopeless(
            "key-quota", "a key whose quota is used up", plan -> plan.withKey("no-quota-key")));
    faults.add(
        GeminiFault.hopeless(
                "model-missing",
                "a model that does not exist",
                plan -> plan.withModel("gemini-0-none"))
            .forgiving(ClientFault.REFUSED_MESSAGE));
    faults.add(
        during(
                "unreachable",
                "no network for 10 s",
                List.of(
                    live(new SimFault.Unreachable(Duration.ofSeconds(10))),
                    live(SimFault.of(FaultKind.RESET))),
                FaultKind.UNREACHABLE)
            .watched(30));
    return faults;
  }

  private static List<GeminiFault> goAways() {
    List<GeminiFault> faults = new ArrayList<>();
    for (Form form : Form.values()) {
      faults.add(
          during(
                  "go-away-" + form.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                  goAwayTitle(form),
                  new SimFault.GoAway(form, TIME_LEFT))
              .watched(22));
    }
    return faults;
  }

  private static String goAwayTitle(Form form) {
    return switch (form) {
      case PLAIN -> "goAway with 8 s left";
      case FRACTIONAL -> "goAway with a fraction of a second in its time";
      case ABSENT -> "no goAway: 1008 after 8 s";
      case TWICE -> "goAway twice";
      case THEN_SILENCE -> "goAway, then nothing more";
    };
  }

  private static List<GeminiFault> sounds() {
    return List.of(
        during("growing-lag", "lag grows by 5 s a minute", new SimFault.GrowingLag(5_000))
            .watched(24),
        during("fast-output", "output at 1.03 times real time", new SimFault.OutputRate(1.03))
            .watched(24),
        during(
            "bursts",
            "output held for 1.5 s, then at 10 times real time",
            new SimFault.Bursts(Duration.ofMillis(1_500), 10)),
        during(
            "bursts-20",
            "output held for 3 s, then at 20 times real time",
            new SimFault.Bursts(Duration.ofSeconds(3), 20)),
        during("all-zero", "zeros for sound", new SimFault.AllZero(LONG)).watched(24),
        during("stuck-tone", "a loud tone for 14 s", new SimFault.StuckTone(Duration.ofSeconds(14)))
            .watched(24),
        during("quiet", "10 times quieter", new SimFault.Gain(0.1)),
        during("clipping", "10 times louder, clipped", new SimFault.Gain(10)).watched(24),
        during("no-audio", "transcripts without sound", new SimFault.NoAudio(LONG)).watched(24),
        GeminiFault.live(
                "poisoned-resume",
                "TCP reset, then a resumed session without sound",
                FaultKind.POISONED_RESUME,
                order(
                    all(SimFault.of(FaultKind.POISONED_RESUME)),
                    live(SimFault.of(FaultKind.RESET))))
            .watched(30));
  }

  private static List<GeminiFault> messages() {
    List<GeminiFault> faults = new ArrayList<>();
    for (Disorder disorder : Disorder.values()) {
      String name = disorder.name().toLowerCase(Locale.ROOT);
      faults.add(
          during("transcripts-" + name, name + " transcripts", new SimFault.Transcripts(disorder)));
    }
    faults.add(plain("odd-pcm", "PCM of odd length", FaultKind.ODD_PCM));
    faults.add(plain("empty-data", "empty data", FaultKind.EMPTY_DATA));
    faults.add(plain("two-parts", "two parts in a message", FaultKind.TWO_PARTS));
    faults.add(plain("huge-message", "a message of 2 MB", FaultKind.HUGE_MESSAGE));
    faults.add(plain("malformed-json", "malformed JSON", FaultKind.MALFORMED_JSON));
    faults.add(plain("unknown-fields", "unknown fields", FaultKind.UNKNOWN_FIELDS));
    faults.add(plain("error-message", "an {\"error\":…} message", FaultKind.ERROR_MESSAGE));
    faults.add(plain("text-frames", "text frames", FaultKind.TEXT_FRAMES));
    return faults;
  }

  private static List<GeminiFault> pairs() {
    return List.of(
        during(
                "pair-go-away-stalled",
                "goAway with 8 s left while stalled",
                List.of(
                    live(new SimFault.Stall(LONG, false)),
                    live(new SimFault.GoAway(Form.PLAIN, TIME_LEFT))
                        .afterSetUp(Duration.ofSeconds(1))),
                FaultKind.STALL)
            .watched(24),
        GeminiFault.live(
                "pair-quota-rotation",
                "quota used up at a rotation",
                FaultKind.CLOSE,
                order(next(KnownClose.QUOTA.fault()).afterSetUp(Duration.ofMillis(800))))
            .on(GeminiFaults::rotating)
            .watched(36),
        GeminiFault.live(
                "pair-loss-set-up",
                "TCP reset, then another during the set-up",
                FaultKind.RESET,
                order(
                    next(SimFault.of(FaultKind.RESET)).beforeSetUp(),
                    live(SimFault.of(FaultKind.RESET))))
            .watched(22),
        GeminiFault.live(
                "pair-reset-rotation",
                "TCP reset of the old session while the next is opened",
                FaultKind.RESET,
                order(
                    next(SimFault.of(FaultKind.EMPTY_DATA)),
                    live(SimFault.of(FaultKind.RESET)).afterSetUp(Duration.ofSeconds(6))))
            .on(GeminiFaults::rotating)
            .watched(30));
  }

  private static GeminiFault plain(String name, String title, FaultKind kind) {
    return during(name, title, SimFault.of(kind));
  }

  private static GeminiFault during(String name, String title, SimFault fault) {
    return GeminiFault.live(name, title, fault.kind(), order(live(fault)));
  }

  private static GeminiFault during(
      String name, String title, List<FaultPlan> plans, FaultKind proof) {
    return GeminiFault.live(name, title, proof, rig -> rig.sim().order(plans));
  }

  /** The session that is live is reset, and the next meets a fault. */
  private static GeminiFault again(String name, String title, SimFault fault) {
    return again(name, title, fault.kind(), next(fault));
  }

  private static GeminiFault again(String name, String title, FaultKind proof, FaultPlan plan) {
    return GeminiFault.live(name, title, proof, order(plan, live(SimFault.of(FaultKind.RESET))));
  }

  private static Consumer<GeminiRig> order(FaultPlan... plans) {
    return rig -> rig.sim().order(List.of(plans));
  }

  /** A rotation is due while the output is watched. */
  static GeminiRig.Plan rotating(GeminiRig.Plan plan) {
    return plan.with(
        plan.keeper()
            .with(
                new RotationSettings(
                    Duration.ofSeconds(15),
                    Duration.ZERO,
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(40),
                    Duration.ofSeconds(9))));
  }

  /** As often as is allowed. */
  private static GeminiRig.Plan pinging(GeminiRig.Plan plan) {
    TransportSettings usual = plan.transport();
    return plan.with(
        new TransportSettings(
            usual.connectTimeout(),
            usual.ioTimeout(),
            Duration.ofSeconds(60),
            usual.closeTimeout()));
  }

  /** Pauses of minutes are made seconds, so that their end is seen. */
  static GeminiRig.Plan hurried(GeminiRig.Plan plan) {
    RetrySettings usual = RetrySettings.DEFAULT;
    return plan.with(
        plan.keeper()
            .with(
                new RetrySettings(
                    usual.first(),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(8))));
  }
}
