package dev.livedub.bench.gemini;

import dev.livedub.core.config.PlayoutDelay;
import dev.livedub.testkit.gemini.GeminiSim;
import dev.livedub.testkit.gemini.GeminiSimOptions;
import dev.livedub.testkit.gemini.fault.FaultKind;
import dev.livedub.testkit.gemini.fault.FaultPlan;
import dev.livedub.testkit.gemini.fault.SimFault;
import dev.livedub.testkit.gemini.model.ModelSettings;
import dev.livedub.testkit.gemini.voice.MarkedSource.Pattern;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is broadcast in a soak, and who interprets it: 3 s late, give or take one, if not said. */
enum SoakScenario {
  /** Natural pauses, and a service as it is by default. */
  USUAL,
  /** Natural pauses; lag of 3 ± 1 s, output at 1.03 times real time. */
  STEADY,
  /** The lag of a session grows by 200 ms a minute. */
  LAG_GROWS,
  /** What is said is held back for 2 s every 20 s, and then comes in a burst. */
  STALLS,
  /** Nobody pauses for 60 s. */
  NO_PAUSE,
  /** Short sentences, close to each other. */
  EXCHANGE,
  /** Translations are 30 % longer than what they translate. */
  LONGER,
  /** Music all the time, 14 dB below the speaker. */
  MUSIC,
  /** The lag of a session grows by 1 s a minute, and the playout delay follows it. */
  DELAY_AUTO;

  /** How often a scenario may disturb the service. */
  static final Duration EVERY = Duration.ofSeconds(20);

  private static final Duration LAG = Duration.ofSeconds(3);
  private static final Duration SPREAD = Duration.ofSeconds(1);
  private static final Duration STALL = Duration.ofSeconds(2);

  /** A fifth of the speaker's, which is 0.126. */
  private static final double MUSIC_RMS = 0.025;

  private static final double OUTPUT_RATE = 1.03;
  private static final double LONGER_STRETCH = 1.3;

  /** The scenario of a name. */
  static SoakScenario of(String name) {
    return Arrays.stream(values())
        .filter(each -> each.word().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--scenario "
                        + name
                        + ": expected one of "
                        + Arrays.stream(values())
                            .map(SoakScenario::word)
                            .collect(Collectors.joining(", "))));
  }

  /** Its name in a command. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What is put together. */
  GeminiRig.Plan plan() {
    GeminiRig.Plan plan = GeminiRig.Plan.of("soak-" + word()).with(service());
    return switch (this) {
      case NO_PAUSE -> speaking(plan, new Pattern(120, 120, 12, 20));
      case EXCHANGE -> speaking(plan, new Pattern(2, 5, 0, 1));
      case LONGER -> speaking(plan, new Pattern(4, 12, 3, 6));
      case MUSIC -> plan.with(GeminiRig.broadcast().music(MUSIC_RMS).build());
      case DELAY_AUTO ->
          plan.with(PlayoutDelay.between(Duration.ofSeconds(4), Duration.ofSeconds(15)));
      default -> plan;
    };
  }

  private GeminiSimOptions service() {
    GeminiSimOptions.Builder service = GeminiRig.Plan.patientService();
    if (this != USUAL) {
      service.lag(LAG).lagSpread(SPREAD, SPREAD);
    }
    return service.stretch(this == LONGER ? LONGER_STRETCH : ModelSettings.USUAL_STRETCH).build();
  }

  private static GeminiRig.Plan speaking(GeminiRig.Plan plan, Pattern pattern) {
    return plan.with(GeminiRig.broadcast().markedSpeech(pattern).build());
  }

  /** Orders what holds for every session. */
  void begin(GeminiSim sim) {
    if (this != USUAL) {
      sim.order(FaultPlan.all(new SimFault.OutputRate(OUTPUT_RATE)));
    }
    if (this == LAG_GROWS || this == DELAY_AUTO) {
      double millis = this == LAG_GROWS ? 200 : 1_000;
      sim.order(FaultPlan.all(new SimFault.GrowingLag(millis)));
    }
  }

  /** What the service has to have done by the end, or the scenario was none. */
  List<FaultKind> ordered() {
    return switch (this) {
      case USUAL -> List.of();
      case STALLS -> List.of(FaultKind.OUTPUT_RATE, FaultKind.STALL);
      case LAG_GROWS, DELAY_AUTO -> List.of(FaultKind.OUTPUT_RATE, FaultKind.GROWING_LAG);
      default -> List.of(FaultKind.OUTPUT_RATE);
    };
  }

  /** Orders what happens again and again. */
  void disturb(GeminiSim sim) {
    if (this == STALLS) {
      sim.order(FaultPlan.live(new SimFault.Stall(STALL, true)));
    }
  }
}
