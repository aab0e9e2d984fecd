package dev.livedub.bench.faults;

import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.WorkerStatus.State;
import dev.livedub.testkit.net.Hangup;
import dev.livedub.testkit.rtmp.RtmpFault;
import dev.livedub.testkit.rtsp.RtspFault;
import dev.livedub.testkit.rtsp.StallRelease;
import java.time.Duration;

/** The ways in which a peer dies or hangs, each with what brings it back. */
public enum Fault {
  SOURCE_REFUSED("source refuses connections, then accepts") {
    @Override
    void run(FaultRun run) {
      run.rig().relay().refuseConnections();
      run.rig().dub();
      FaultRig.pass(Duration.ofSeconds(2));
      run.stillStarting();
      run.peerReturns(
          () -> {
            run.rig().relay().acceptConnections();
            run.rig().publish();
          });
      run.proof(
          run.rig().relay().faults().hits(RtspFault.REFUSE_CONNECTIONS) + " orders carried out");
      run.awaitPicture();
    }
  },
  SOURCE_MISSING("source answers 404, then a publisher comes") {
    @Override
    void run(FaultRun run) {
      run.rig().dub();
      FaultRig.await("a 404", Duration.ofSeconds(10), () -> run.rig().relay().connections() >= 3);
      run.stillStarting();
      run.proof(run.rig().relay().connections() + " attempts answered 404");
      run.peerReturns(run.rig()::publish);
      run.awaitPicture();
    }
  },
  SOURCE_UNAUTHORIZED("source answers 401") {
    @Override
    void run(FaultRun run) {
      run.rig().source().answerDescribe(401);
      run.rig().publish();
      run.begins();
      run.rig().dub();
      run.ends(ExitCode.INPUT_NOT_READY);
      run.proof(run.rig().source().log().hits(RtspFault.DESCRIBE_ERROR) + " answers 401");
    }
  },
  SOURCE_CLOSES("source closes (FIN)") {
    @Override
    void run(FaultRun run) {
      kick(run, Hangup.FIN);
    }
  },
  SOURCE_RESETS("source resets (RST)") {
    @Override
    void run(FaultRun run) {
      kick(run, Hangup.RST);
    }
  },
  SOURCE_STALLS("source stops sending with TCP open for 8 s") {
    @Override
    void run(FaultRun run) {
      run.onAir();
      run.begins();
      run.rig().source().stall();
      run.noticed(status -> status.state() == State.INPUT_LOST);
      FaultRig.pass(Duration.ofSeconds(4));
      run.peerReturns(() -> run.rig().source().resume(StallRelease.DROP));
      run.proof(run.rig().source().log().hits(RtspFault.STALL) + " packets held");
      run.awaitPicture();
    }
  },
  SOURCE_HICCUPS("source stops sending for 2 s, then a burst") {
    @Override
    void run(FaultRun run) {
      run.onAir();
      run.rig().source().stall();
      FaultRig.pass(Duration.ofSeconds(2));
      run.peerReturns(() -> run.rig().source().resume(StallRelease.BURST));
      run.proof(run.rig().source().log().hits(RtspFault.STALL) + " packets held");
      run.awaitPicture();
    }
  },
  SOURCE_RUBBISH("source sends 64 KiB of rubbish") {
    @Override
    void run(FaultRun run) {
      run.onAir();
      run.begins();
      run.peerReturns(
          () -> run.proof(run.rig().source().sendRubbish(65_536, 7) + " players got rubbish"));
      run.awaitPicture();
    }
  },
  PUBLISHER_BACK_AFTER_1("publisher gone for 1 s") {
    @Override
    void run(FaultRun run) {
      republish(run, Duration.ofSeconds(1));
    }
  },
  PUBLISHER_BACK_AFTER_10("publisher gone for 10 s") {
    @Override
    void run(FaultRun run) {
      republish(run, Duration.ofSeconds(10));
    }
  },
  PUBLISHER_BACK_AFTER_60("publisher gone for 60 s") {
    @Override
    void run(FaultRun run) {
      republish(run, Duration.ofSeconds(60));
    }
  },
  SINK_REFUSED("destination refuses connections, then accepts") {
    @Override
    void run(FaultRun run) {
      run.rig().publish();
      run.rig().sink().refuseConnections();
      run.rig().dub();
      FaultRig.pass(Duration.ofSeconds(4));
      run.proof(run.rig().sink().connections() + " connections while its port was closed");
      run.peerReturns(run.rig().sink()::acceptConnections);
      run.awaitPicture();
    }
  },
  SINK_DENIES("destination denies the publication") {
    @Override
    void run(FaultRun run) {
      run.rig().destination().denyPublish("NetStream.Publish.BadName");
      run.rig().publish();
      run.begins();
      run.rig().dub();
      run.ends(ExitCode.DESTINATION_REFUSED);
      run.proof(
          run.rig().destination().faults().hits(RtmpFault.DENY_PUBLISH) + " publications denied");
    }
  },
  SINK_CLOSES("destination closes (FIN)") {
    @Override
    void run(FaultRun run) {
      hangUp(run, Hangup.FIN);
    }
  },
  SINK_RESETS("destination resets (RST)") {
    @Override
    void run(FaultRun run) {
      hangUp(run, Hangup.RST);
    }
  },
  SINK_AWAY("destination away for 5 s") {
    @Override
    void run(FaultRun run) {
      run.onAir();
      run.begins();
      run.rig().sink().refuseConnections();
      run.proof(run.rig().destination().closeConnections(Hangup.RST) + " connections reset");
      run.noticed(FaultRun::outputIsLost);
      FaultRig.pass(Duration.ofSeconds(5));
      run.peerReturns(run.rig().sink()::acceptConnections);
      run.awaitPicture();
    }
  },
  SINK_WEDGES("destination stops reading with TCP open") {
    @Override
    void run(FaultRun run) {
      run.onAir();
      run.begins();
      run.rig().destination().stopReading();
      run.noticed(FaultRun::outputIsLost);
      run.proof(run.rig().destination().faults().hits(RtmpFault.STOP_READING) + " reads held");
      run.peerReturns(run.rig().destination()::resumeReading);
      run.awaitPicture();
    }
  };

  private final String title;

  Fault(String title) {
    this.title = title;
  }

  /** What is done, in words. */
  public String title() {
    return title;
  }

  abstract void run(FaultRun run);

  private static void kick(FaultRun run, Hangup how) {
    run.onAir();
    run.begins();
    run.peerReturns(
        () -> run.proof(run.rig().source().kickPlayers(how) + " player connection ended"));
    run.awaitPicture();
  }

  private static void hangUp(FaultRun run, Hangup how) {
    run.onAir();
    run.begins();
    run.peerReturns(
        () -> run.proof(run.rig().destination().closeConnections(how) + " connection ended"));
    run.awaitPicture();
  }

  private static void republish(FaultRun run, Duration away) {
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
