package dev.livedub.bench.faults;

import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.core.worker.WorkerStatus.State;
import dev.livedub.testkit.measure.AvOffset;
import dev.livedub.testkit.rtmp.RtmpPublication;
import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtmp.TagKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One fault on its way: what was done when, and what came of it. */
final class FaultRun {

  /** Seconds of output looked at before the fault, and after the recovery. */
  private static final double LOOKED_AT_SECONDS = 5;

  /** Pictures that come apart by less than this are no outage; they are 40 ms apart. */
  private static final long OUTAGE_NANOS = Duration.ofMillis(500).toNanos();

  /** Marks, one a second, that are measured at the end. */
  private static final int MARKS = 3;

  /** Pictures still under way when the fault happened arrive within this. */
  private static final long SETTLING_NANOS = Duration.ofMillis(100).toNanos();

  private final FaultRig rig;
  private final List<String> complaints = new ArrayList<>();
  private String proof = "none";
  private long faultNanos = System.nanoTime();
  private long returnNanos;
  private double noticedMillis = Double.NaN;
  private double recoveredMillis = Double.NaN;
  private boolean endsByItself;
  private Consumer<Path> afterwards = recording -> {};

  private FaultRun(FaultRig rig) {
    this.rig = rig;
  }

  /** Lets a fault happen to a fresh dub and says what came of it. */
  static FaultResult of(Fault fault, Duration delay, Path dumps) {
    try (FaultRig rig = new FaultRig(dumps, fault.clip(), delay, Duration.ofMinutes(2))) {
      FaultRun run = new FaultRun(rig);
      fault.run(run);
      return run.result(fault);
    }
  }

  FaultRig rig() {
    return rig;
  }

  /** Brings the dub on air. */
  void onAir() {
    rig.publish();
    rig.dub();
    rig.awaitOnAir(LOOKED_AT_SECONDS);
  }

  /** Says that the fault happens now. */
  void begins() {
    faultNanos = System.nanoTime();
  }

  void proof(String words) {
    proof = words;
  }

  /** Waits until the worker knows, and keeps how long that took. */
  void noticed(Predicate<WorkerStatus> test) {
    rig.awaitStatus("the fault is noticed", test);
    noticedMillis = (System.nanoTime() - faultNanos) / 1e6;
  }

  void complain(String words) {
    complaints.add(words);
  }

  /** Looks at the recording once it is complete. */
  void afterwards(Consumer<Path> check) {
    afterwards = check;
  }

  /** What the destination is receiving. */
  RtmpPublication latest() {
    List<RtmpPublication> publications = rig.publications();
    return publications.get(publications.size() - 1);
  }

  void stillStarting() {
    if (rig.status().state() != State.STARTING) {
      complain("state is " + rig.status().state() + ", expected STARTING");
    }
  }

  /** Brings the peer back. */
  void peerReturns(Runnable action) {
    returnNanos = System.nanoTime();
    action.run();
  }

  /** Waits for pictures that arrive after the peer's return, and for what follows them. */
  void awaitPicture() {
    FaultRig.await(
        "a picture after the return",
        Duration.ofSeconds(30),
        () -> pictureArrivals().stream().anyMatch(nanos -> nanos > returnNanos + SETTLING_NANOS));
    rig.awaitOnAir(LOOKED_AT_SECONDS);
    recoveredMillis = (endOfLongestPause() - returnNanos) / 1e6;
  }

  /**
   * Arrival of the picture that ended the longest pause of pictures not over before the return; the
   * return itself if there was no pause.
   */
  private long endOfLongestPause() {
    long longestNanos = OUTAGE_NANOS;
    long endNanos = returnNanos;
    long lastNanos = faultNanos;
    for (long nanos : pictureArrivals()) {
      if (nanos > returnNanos && nanos - lastNanos > longestNanos) {
        longestNanos = nanos - lastNanos;
        endNanos = nanos;
      }
      lastNanos = nanos;
    }
    return endNanos;
  }

  private List<Long> pictureArrivals() {
    return rig.publications().stream()
        .flatMap(publication -> OutputCheck.coded(publication.media(TagKind.VIDEO)).stream())
        .map(RtmpTag::arrivalNanos)
        .toList();
  }

  static boolean outputIsLost(WorkerStatus status) {
    return !status.outputs().get(0).connected();
  }

  /** Waits for the worker's end. */
  void ends(ExitCode expected) {
    WorkerExit exit = rig.awaitExit(Duration.ofSeconds(30));
    noticedMillis = (System.nanoTime() - faultNanos) / 1e6;
    endsByItself = true;
    if (exit.code() != expected) {
      complaints.add("ended with " + exit + ", expected " + expected);
    }
  }

  private FaultResult result(Fault fault) {
    List<RtmpPublication> publications = rig.publications();
    if (!endsByItself) {
      WorkerExit exit = rig.stop();
      if (exit.code() != ExitCode.CLEAN) {
        complaints.add("ended with " + exit);
      }
      publications = rig.publications();
      complaints.addAll(OutputCheck.complaints(publications));
    }
    return new FaultResult(
        fault,
        proof,
        noticedMillis,
        recoveredMillis,
        publications.size(),
        endsByItself ? Double.NaN : avOffsetMillis(fault, publications),
        endsByItself,
        complaints);
  }

  /** Greatest offset at the marks of the last seconds; NaN if there are too few to measure. */
  private double avOffsetMillis(Fault fault, List<RtmpPublication> publications) {
    if (publications.isEmpty()) {
      return Double.NaN;
    }
    RtmpPublication last = publications.get(publications.size() - 1);
    FaultRig.await(
        "the recording's end", Duration.ofSeconds(5), () -> last.endedNanos().isPresent());
    Path recording = last.dump().orElseThrow();
    afterwards.accept(recording);
    return fault.hasSound() ? lastOffsets(recording) : Double.NaN;
  }

  private static double lastOffsets(Path recording) {
    List<AvOffset.Offset> offsets = AvOffset.measure(recording).offsets();
    if (offsets.size() < MARKS) {
      return Double.NaN;
    }
    return offsets.stream()
        .skip(offsets.size() - MARKS)
        .mapToDouble(AvOffset.Offset::offsetMillis)
        .reduce(0, (a, b) -> Math.abs(a) > Math.abs(b) ? a : b);
  }
}
