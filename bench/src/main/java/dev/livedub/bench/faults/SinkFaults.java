package dev.livedub.bench.faults;

import dev.livedub.core.worker.ExitCode;
import dev.livedub.testkit.net.Hangup;
import dev.livedub.testkit.rtmp.RtmpFault;
import java.time.Duration;

/** What can happen to a destination. */
final class SinkFaults {

  private SinkFaults() {}

  static void refuses(FaultRun run) {
    run.rig().publish();
    run.rig().sink().refuseConnections();
    run.rig().dub();
    FaultRig.pass(Duration.ofSeconds(4));
    run.proof(FaultRig.refusals(run.rig().sink().port(), 3) + " of 3 probes refused");
    run.peerReturns(run.rig().sink()::acceptConnections);
    run.awaitPicture();
  }

  static void isSilent(FaultRun run) {
    run.rig().publish();
    run.rig().sink().ignoreHandshakes();
    run.rig().dub();
    FaultRig.pass(Duration.ofSeconds(8));
    run.proof(
        run.rig().sink().faults().hits(RtmpFault.IGNORE_HANDSHAKE) + " handshakes unanswered");
    run.peerReturns(run.rig().sink()::answerHandshakes);
    run.awaitPicture();
  }

  static void denies(FaultRun run) {
    run.rig().destination().denyPublish("NetStream.Publish.BadName");
    run.rig().publish();
    run.begins();
    run.rig().dub();
    run.ends(ExitCode.DESTINATION_REFUSED);
    run.proof(
        run.rig().destination().faults().hits(RtmpFault.DENY_PUBLISH) + " publications denied");
  }

  static void closes(FaultRun run) {
    hangUp(run, Hangup.FIN);
  }

  static void resets(FaultRun run) {
    hangUp(run, Hangup.RST);
  }

  private static void hangUp(FaultRun run, Hangup how) {
    run.onAir();
    run.begins();
    run.peerReturns(
        () -> run.proof(run.rig().destination().closeConnections(how) + " connection ended"));
    run.awaitPicture();
  }

  static void isAway(FaultRun run) {
    run.onAir();
    run.begins();
    run.rig().sink().refuseConnections();
    run.proof(run.rig().destination().closeConnections(Hangup.RST) + " connection reset");
    run.noticed(FaultRun::outputIsLost);
    FaultRig.pass(Duration.ofSeconds(5));
    run.peerReturns(run.rig().sink()::acceptConnections);
    run.awaitPicture();
  }

  static void wedges(FaultRun run) {
    run.onAir();
    run.begins();
    run.rig().destination().stopReading();
    run.noticed(FaultRun::outputIsLost);
    run.proof(run.rig().destination().faults().hits(RtmpFault.STOP_READING) + " reads held");
    run.peerReturns(run.rig().destination()::resumeReading);
    run.awaitPicture();
  }
}
