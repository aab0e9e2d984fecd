package dev.livedub.bench.faults;

import dev.livedub.testkit.measure.DecodedFile;
import dev.livedub.testkit.rtmp.RtmpPublication;
import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtmp.TagKind;
import dev.livedub.testkit.rtsp.RtspFault;
import dev.livedub.testkit.rtsp.TrackSelector;
import java.time.Duration;
import java.util.List;

/** What can be wrong with the stream itself while the connection stands. */
final class StreamFaults {

  /** Media time at which the clip's picture changes. */
  static final Duration SIZE_CHANGE = Duration.ofSeconds(8);

  /** A publisher's sender reports come every 5 s; the next moves what a jump has moved. */
  private static final double UNTIL_NEXT_REPORT_SECONDS = 6;

  private StreamFaults() {}

  static void jumps(FaultRun run, Duration by) {
    run.onAir();
    run.begins();
    run.peerReturns(() -> run.rig().source().shiftTimestamps(TrackSelector.ALL, by));
    run.awaitPicture();
    run.rig().awaitOnAir(UNTIL_NEXT_REPORT_SECONDS);
    proveShift(run);
  }

  static void wraps(FaultRun run) {
    run.onAir();
    run.begins();
    run.peerReturns(
        () -> run.rig().source().wrapTimestampsIn(TrackSelector.ALL, Duration.ofSeconds(2)));
    run.awaitPicture();
    run.rig().awaitOnAir(UNTIL_NEXT_REPORT_SECONDS);
    proveShift(run);
  }

  private static void proveShift(FaultRun run) {
    run.proof(
        run.rig().source().log().hits(RtspFault.SHIFT_TIMESTAMPS) + " packets with moved time");
  }

  static void lacksReports(FaultRun run) {
    run.rig().source().withholdSenderReports(Duration.ofSeconds(8));
    run.begins();
    run.peerReturns(run.rig()::publish);
    run.rig().dub();
    run.awaitPicture();
    run.rig().awaitOnAir(UNTIL_NEXT_REPORT_SECONDS + 2);
    run.proof(
        run.rig().source().log().hits(RtspFault.WITHHOLD_SENDER_REPORTS) + " reports withheld");
  }

  static void losesPackets(FaultRun run) {
    run.onAir();
    run.begins();
    run.rig().source().dropEveryNth(TrackSelector.ALL, 50);
    FaultRig.pass(Duration.ofSeconds(5));
    run.peerReturns(run.rig().source()::passPackets);
    run.proof(run.rig().source().log().hits(RtspFault.DROP_EVERY_NTH) + " packets lost");
    run.awaitPicture();
  }

  static void losesSound(FaultRun run) {
    run.onAir();
    run.begins();
    run.peerReturns(() -> run.rig().source().dropTrack(TrackSelector.AUDIO, Duration.ofSeconds(5)));
    run.awaitPicture();
    run.rig().awaitOnAir(UNTIL_NEXT_REPORT_SECONDS);
    run.proof(run.rig().source().log().hits(RtspFault.DROP_TRACK) + " packets of sound lost");
  }

  static void startsSoundLate(FaultRun run) {
    run.begins();
    run.peerReturns(run.rig()::publish);
    run.rig().dub();
    run.awaitPicture();
    run.rig().awaitOnAir(UNTIL_NEXT_REPORT_SECONDS);
    run.proof(silentSeconds(run) + " s of silence at the start");
  }

  /** Coded silence is a few bytes a frame, this clip's sound some hundred. */
  private static long silentSeconds(FaultRun run) {
    List<RtmpTag> sound = run.latest().media(TagKind.AUDIO);
    long silent = sound.stream().takeWhile(tag -> tag.sizeBytes() < 64).count();
    return Math.round(silent * 1024 / 48_000.0);
  }

  static void hasNoSound(FaultRun run) {
    run.begins();
    run.peerReturns(run.rig()::publish);
    run.rig().dub();
    run.awaitPicture();
    long silent =
        run.latest().media(TagKind.AUDIO).stream().filter(tag -> tag.sizeBytes() < 64).count();
    run.proof(silent + " frames of silence sent");
  }

  static void changesSize(FaultRun run) {
    run.onAir();
    run.begins();
    run.peerReturns(() -> {});
    FaultRig.await(
        "a second sequence header", Duration.ofSeconds(20), () -> headers(run.latest()) > 1);
    run.awaitPicture();
    run.proof(headers(run.latest()) + " sequence headers of the picture");
    run.afterwards(
        recording -> {
          long sizes =
              DecodedFile.read(recording).pictures().stream()
                  .map(DecodedFile.Picture::width)
                  .distinct()
                  .count();
          if (sizes != 2) {
            run.complain("the recording shows " + sizes + " sizes of picture, expected 2");
          }
        });
  }

  private static long headers(RtmpPublication publication) {
    return publication.tags().stream()
        .filter(tag -> tag.kind() == TagKind.VIDEO && tag.sequenceHeader())
        .count();
  }
}
