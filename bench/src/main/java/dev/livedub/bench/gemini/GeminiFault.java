package dev.livedub.bench.gemini;

import dev.livedub.testkit.gemini.fault.FaultKind;
import dev.livedub.testkit.gemini.record.ClientFault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One thing that can go wrong with the service.
 *
 * @param name for the command line and for the stream
 * @param title what is done, in words
 * @param proof the simulator's count that shows that it was done; empty if the end of a connection
 *     shows it
 * @param plan what differs from the usual rig
 * @param atStart whether it is there before the dub begins
 * @param act does it
 * @param watched how long the output is watched from then on
 * @param recovers whether translation must go on, or go on again, while it is watched
 * @param forgiven what the client cannot help doing then
 */
record GeminiFault(
    String name,
    String title,
    Optional<FaultKind> proof,
    UnaryOperator<GeminiRig.Plan> plan,
    boolean atStart,
    Consumer<GeminiRig> act,
    Duration watched,
    boolean recovers,
    Set<ClientFault> forgiven) {

  private static final Duration WATCHED = Duration.ofSeconds(16);

  /** Something that happens while translation is on air, and that it gets over. */
  static GeminiFault live(String name, String title, FaultKind proof, Consumer<GeminiRig> act) {
    return new GeminiFault(
        name,
        title,
        Optional.of(proof),
        UnaryOperator.identity(),
        false,
        act,
        WATCHED,
        true,
        Set.of());
  }

  /** Something that is wrong from the beginning, and stays so. */
  static GeminiFault hopeless(String name, String title, UnaryOperator<GeminiRig.Plan> plan) {
    return new GeminiFault(
        name, title, Optional.empty(), plan, true, rig -> {}, WATCHED, false, Set.of());
  }

  /** The same on another rig. */
  GeminiFault on(UnaryOperator<GeminiRig.Plan> newPlan) {
    return new GeminiFault(name, title, proof, newPlan, atStart, act, watched, recovers, forgiven);
  }

  /** The same with the fault there before the dub begins. */
  GeminiFault before() {
    return new GeminiFault(name, title, proof, plan, true, act, watched, recovers, forgiven);
  }

  /** The same, watched for so long. */
  GeminiFault watched(int seconds) {
    return new GeminiFault(
        name, title, proof, plan, atStart, act, Duration.ofSeconds(seconds), recovers, forgiven);
  }

  /** The same, with the original on air for good. */
  GeminiFault forGood() {
    return new GeminiFault(name, title, proof, plan, atStart, act, watched, false, forgiven);
  }

  /** The same, forgiving the client some faults. */
  GeminiFault forgiving(ClientFault... faults) {
    return new GeminiFault(
        name, title, proof, plan, atStart, act, watched, recovers, Set.of(faults));
  }
}
