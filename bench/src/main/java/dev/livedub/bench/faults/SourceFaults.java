package dev.livedub.bench.faults;

import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.WorkerStatus.State;
import dev.livedub.testkit.net.Hangup;
import dev.livedub.testkit.rtsp.RtspFault;
import dev.livedub.testkit.rtsp.StallRelease;
import java.time.Duration;

/** What can happen to the source's server and its publisher. */
final class SourceFaults {

  private SourceFaults() {}

  static void refuses(FaultRun run) {
    run.rig().relay().refuseConnections();
    run.rig().dub();
    FaultRig.pass(Duration.ofSeconds(2));
    run.stillStarting();
    run.proof(FaultRig.refusals(run.rig().relay().port(), 3) + " of 3 probes refused");
    run.peerReturns(
        () -> {
          run.rig().relay().acceptConnections();
          run.rig().publish();
        });
    run.awaitPicture();
  }

  static void isSilent(FaultRun run) {
    run.rig().publish();
    FaultRig.await("the publisher", Duration.ofSeconds(10), run.rig()::isPublished);
    run.rig().relay().ignoreConnections();
    run.rig().dub();
    FaultRig.pass(Duration.ofSeconds(7));
    run.stillStarting();
    run.proof(
        run.rig().relay().faults().hits(RtspFault.IGNORE_CONNECTIONS) + " connections ignored");
    run.peerReturns(run.rig().relay()::serveConnections);
    run.awaitPicture();
  }

  static void isMissing(FaultRun run) {
    run.rig().dub();
    FaultRig.await("a 404", Duration.ofSeconds(10), () -> run.rig().relay().connections() >= 3);
    run.stillStarting();
    run.proof(run.rig().relay().connections() + " attempts answered 404");
    run.peerReturns(run.rig()::publish);
    run.awaitPicture();
  }

  static void isUnauthorized(FaultRun run) {
    run.rig().source().answerDescribe(401);
    run.rig().publish();
    run.begins();
    run.rig().dub();
    run.ends(ExitCode.INPUT_NOT_READY);
    run.proof(run.rig().source().log().hits(RtspFault.DESCRIBE_ERROR) + " answers 401");
  }

  static void closes(FaultRun run) {
    kick(run, Hangup.FIN);
  }

  static void resets(FaultRun run) {
    kick(run, Hangup.RST);
  }

  private static void kick(FaultRun run, Hangup how) {
    run.onAir();
    run.begins();
    run.peerReturns(
        () -> run.proof(run.rig().source().kickPlayers(how) + " player connection ended"));
    run.awaitPicture();
  }

  static void stalls(FaultRun run) {
    run.onAir();
    run.begins();
    run.rig().source().stall();
    run.noticed(status -> status.state() == State.INPUT_LOST);
    FaultRig.pass(Duration.ofSeconds(4));
    run.peerReturns(() -> run.rig().source().resume(StallRelease.DROP));
    run.proof(run.rig().source().log().hits(RtspFault.STALL) + " packets held");
    run.awaitPicture();
  }

  static void hiccups(FaultRun run) {
    run.onAir();
    run.begins();
    run.rig().source().stall();
    FaultRig.pass(Duration.ofSeconds(2));
    run.peerReturns(() -> run.rig().source().resume(StallRelease.BURST));
    run.proof(run.rig().source().log().hits(RtspFault.STALL) + " packets held");
    run.awaitPicture();
  }

  static void sendsRubbish(FaultRun run) {
    run.onAir();
    run.begins();
    run.peerReturns(
        () -> run.proof(run.rig().source().sendRubbish(65_536, 7) + " players got rubbish"));
    run.awaitPicture();
  }

  static void republishes(FaultRun run, Duration away) {
    run.onAir();
    run.begins();
    run.rig().stopPublishing();
    run.noticed(status -> status.state() == State.INPUT_LOST);
    long wasConnected = run.rig().relay().connections();
    FaultRig.pass(away);
    run.proof(
        run.rig().relay().connections() - wasConnected + " attempts while there was no publisher");
    run.peerReturns(run.rig()::publish);
    run.awaitPicture();
  }
}
