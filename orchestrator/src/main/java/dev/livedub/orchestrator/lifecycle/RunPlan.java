package dev.livedub.orchestrator.lifecycle;

import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.core.worker.LiveSettings;
import dev.livedub.orchestrator.api.ApiException;
import dev.livedub.orchestrator.api.EgressView;
import dev.livedub.orchestrator.api.ProblemCode;
import dev.livedub.orchestrator.api.StreamChange;
import dev.livedub.orchestrator.config.EgressTarget;
import dev.livedub.orchestrator.config.StreamPlan;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is done with a stream in its run: as planned when the run began, and as an operator has
 * changed it since.
 *
 * <p><b>Threading:</b> none; one owner.
 */
final class RunPlan {

  private final String streamId;
  private final StreamServices services;
  private final Map<String, Boolean> egressSwitches = new HashMap<>();
  private StreamPlan plan;
  private LiveChange change = LiveChange.NONE;
  private boolean guessed;
  private boolean unheard;

  /** The plan for a stream whose publisher is not known. */
  RunPlan(String streamId, StreamServices services) {
    this.streamId = streamId;
    this.services = services;
    this.plan = planFor(Publisher.UNKNOWN);
  }

  /** A run begins. */
  void begin(Publisher publisher) {
    plan = planFor(publisher);
    change = LiveChange.NONE;
    egressSwitches.clear();
    guessed = false;
    unheard = false;
  }

  /**
   * The run was begun by an earlier orchestrator, which knew the publisher and what was changed.
   */
  void beginUnknown() {
    begin(Publisher.UNKNOWN);
    guessed = true;
    unheard = true;
  }

  /**
   * Hears who publishes; says whether the plan is another one now, for the next worker to follow.
   */
  boolean learn(Publisher publisher) {
    if (!guessed || publisher.equals(Publisher.UNKNOWN)) {
      return false;
    }
    guessed = false;
    plan = planFor(publisher);
    return true;
  }

  /** Hears from the worker what is in force: the first word of one that was found settles it. */
  void hear(LiveSettings inForce) {
    if (unheard) {
      unheard = false;
      change =
          new LiveChange(
              inForce.targetLang(),
              Optional.of(inForce.muted()),
              Optional.of(inForce.bypass()),
              OptionalDouble.of(inForce.duckDb()));
    }
  }

  /** What was planned. */
  StreamPlan planned() {
    return plan;
  }

  /** What an operator has changed. */
  LiveChange change() {
    return change;
  }

  /** Destinations that an operator has switched. */
  Map<String, Boolean> egressSwitches() {
    return egressSwitches;
  }

  /** What an operator can change, as it is wanted now. */
  LiveSettings live() {
    DubConfig dub = plan.dub();
    boolean copies = dub.translator() == TranslatorKind.BYPASS;
    return new LiveSettings(
            copies ? Optional.empty() : dub.targetLang(), false, copies, dub.duckDb())
        .after(change);
  }

  /**
   * Takes an operator's change.
   *
   * @return the change in the translator's own words
   * @throws ApiException if it cannot be; nothing has changed then
   */
  StreamChange apply(StreamChange wanted) throws ApiException {
    for (String name : wanted.egress().keySet()) {
      if (plan.egress().stream().noneMatch(target -> target.name().equals(name))) {
        List<String> names = plan.egress().stream().map(EgressTarget::name).toList();
        throw new ApiException(
            ProblemCode.INVALID_VALUE, "egress \"" + name + "\", expected one of " + names);
      }
    }
    LiveChange live = checked(wanted.live());
    change = change.then(live);
    egressSwitches.putAll(wanted.egress());
    return new StreamChange(live, wanted.egress());
  }

  private LiveChange checked(LiveChange live) throws ApiException {
    if (!live.isEmpty() && plan.dub().translator() == TranslatorKind.BYPASS) {
      throw new ApiException(
          ProblemCode.CONFLICT, "translator bypass copies the sound, expected one that dubs");
    }
    if (live.targetLang().isEmpty()) {
      return live;
    }
    String tag = live.targetLang().get();
    Optional<String> known = services.plans().languageFor(streamId, tag);
    if (known.isEmpty()) {
      throw new ApiException(
          ProblemCode.INVALID_VALUE,
          "targetLang \"" + tag + "\", expected a language that the translator knows");
    }
    return new LiveChange(known, live.muted(), live.bypass(), live.duckDb());
  }

  /** The destinations of a stream that is not on air. */
  List<EgressView> egressOff(Instant since) {
    return plan.egress().stream().map(target -> off(target, since)).toList();
  }

  private EgressView off(EgressTarget target, Instant since) {
    boolean enabled = egressSwitches.getOrDefault(target.name(), true);
    return new EgressView(
        target.name(),
        target.shownUrl(),
        enabled,
        EgressView.State.OFF,
        since,
        "the stream is not on air",
        0,
        0);
  }

  private StreamPlan planFor(Publisher publisher) {
    return services
        .plans()
        .planFor(
            streamId,
            publisher.query(),
            services.paths().input(streamId, publisher.sourceType()),
            services.paths().output(streamId));
  }
}
