package dev.livedub.bench.gemini;

import dev.livedub.bench.faults.FaultRig;
import dev.livedub.bench.faults.OutputCheck;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.testkit.gemini.record.ClientFault;
import dev.livedub.testkit.gemini.record.SessionRecord;
import dev.livedub.testkit.gemini.record.SimRecord;
import dev.livedub.testkit.measure.MarkedEar;
import dev.livedub.testkit.measure.PacketList;
import dev.livedub.testkit.measure.SoundGaps;
import dev.livedub.testkit.rtmp.RtmpPublication;
import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtmp.TagKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Lets one fault happen to a fresh dub and says what came of it. */
final class GeminiRun {

  /** Slots of translation on air before a fault. */
  private static final int DUBBED_BEFORE = 3;

  /** A cold process on a busy machine takes its time to open the first session. */
  private static final Duration DUBBED_WITHIN = Duration.ofSeconds(60);

  private static final int TAGS_KEPT = 50_000;

  /** A pause, and what a slow machine adds. */
  private static final long END_MICROS = 5_000_000;

  /** Attempts within the time watched that are no storm. */
  private static final long MOST_CONNECTIONS = 8;

  private static final int LONGEST_LINE = 140;

  private final GeminiFault fault;
  private final GeminiRig rig;
  private final LogTail log;
  private final GeminiRig.Plan plan;
  private final List<String> complaints = new ArrayList<>();
  private long faultNanos;

  private GeminiRun(GeminiFault fault, GeminiRig.Plan plan, GeminiRig rig, LogTail log) {
    this.fault = fault;
    this.plan = plan;
    this.rig = rig;
    this.log = log;
  }

  /** Lets a fault happen. */
  static GeminiResult of(GeminiFault fault) throws IOException {
    Path dumps = Files.createTempDirectory("livedub-gemini-" + fault.name());
    GeminiRig.Plan plan = fault.plan().apply(GeminiFaults.hurried(GeminiRig.Plan.of(fault.name())));
    try (LogTail log = new LogTail(fault.name());
        GeminiRig rig = new GeminiRig(plan, dumps, TAGS_KEPT)) {
      GeminiRun run = new GeminiRun(fault, plan, rig, log);
      run.play();
      return run.result();
    } finally {
      Recordings.delete(dumps);
    }
  }

  private void play() {
    if (fault.atStart()) {
      fault.act().accept(rig);
    }
    rig.publish();
    rig.dub();
    if (fault.atStart()) {
      FaultRig.await("on air", DUBBED_WITHIN, () -> rig.status().onAirMicros() > 0);
      faultNanos = System.nanoTime();
    } else {
      FaultRig.await(
          "translation on air",
          DUBBED_WITHIN,
          () -> rig.status().slots().dubbed() >= DUBBED_BEFORE);
      faultNanos = System.nanoTime();
      fault.act().accept(rig);
    }
    FaultRig.pass(fault.watched());
  }

  private GeminiResult result() {
    String proof = proof();
    SimRecord record = rig.sim().record();
    WorkerExit exit = rig.stop();
    if (exit.code() != ExitCode.CLEAN) {
      complaints.add("ended with " + exit);
    }
    List<RtmpPublication> publications = rig.publications();
    complaints.addAll(OutputCheck.complaints(publications));
    RtmpPublication publication = publications.get(0);
    Path recording = publication.dump().orElseThrow();
    SoundGaps gaps = SoundGaps.of(PacketList.read(recording));
    if (!gaps.isGapless()) {
      complaints.add(gaps.toString());
    }
    List<RtmpTag> sound = publication.media(TagKind.AUDIO);
    AirTimeline timeline = new AirTimeline(sound, MarkedEar.listen(recording), faultNanos);
    check(timeline, record);
    return new GeminiResult(
        fault.title(),
        proof,
        timeline.words(rig.clip()),
        gaps.holeSamples(),
        timeline.originalBackSeconds(),
        rig.meters().words(Meter.AUDIO_FRAGMENTS),
        rig.meters().words(Meter.FALLBACK),
        timeline.dubBackSeconds(),
        worstLine(),
        record.connections(),
        clientFaults(record).isEmpty() ? "none" : clientFaults(record).toString(),
        complaints);
  }

  private void check(AirTimeline timeline, SimRecord record) {
    OptionalDouble back = timeline.originalBackSeconds();
    if (fault.recovers() && !timeline.endsWithDub(END_MICROS)) {
      complaints.add("no translation at the end");
    }
    if (!fault.recovers() && timeline.dubBackSeconds().isPresent()) {
      complaints.add("translation came back");
    }
    if (!fault.recovers() && back.isEmpty()) {
      complaints.add("the original never came back");
    }
    if (record.connections() > MOST_CONNECTIONS) {
      complaints.add(record.connections() + " connections");
    }
    clientFaults(record)
        .forEach(
            (kind, count) -> {
              if (!fault.forgiven().contains(kind)) {
                complaints.add("client: " + kind + " " + detail(record, kind));
              }
            });
    if (log.lines().stream().anyMatch(line -> line.text().contains(plan.key()))) {
      complaints.add("the key is in the log");
    }
  }

  private static String detail(SimRecord record, ClientFault kind) {
    return record.faults().stream()
        .filter(each -> each.kind() == kind)
        .map(SimRecord.Fault::detail)
        .findFirst()
        .orElse("");
  }

  private static Map<ClientFault, Long> clientFaults(SimRecord record) {
    Map<ClientFault, Long> faults = new EnumMap<>(ClientFault.class);
    faults.putAll(record.faultCounts());
    return faults;
  }

  private String proof() {
    if (fault.proof().isPresent()) {
      long hits = rig.sim().faults().hits(fault.proof().get());
      if (hits == 0) {
        complaints.add("the fault did not happen");
      }
      return hits + " × " + fault.proof().get().label();
    }
    Optional<SessionRecord.End> end =
        rig.sim().record().sessionRecords().stream()
            .flatMap(session -> session.end().stream())
            .filter(each -> each.by() == SessionRecord.Side.SERVICE)
            .findFirst();
    if (end.isEmpty()) {
      complaints.add("the fault did not happen");
      return "none";
    }
    return "1 × " + end.get().code() + " " + cut(end.get().reason());
  }

  private String worstLine() {
    long sinceNanos = fault.atStart() ? Long.MIN_VALUE / 2 : faultNanos;
    return log.worstSince(sinceNanos)
        .map(line -> line.level() + " `" + line.event() + "` " + cut(line.text()))
        .orElse("nothing");
  }

  private static String cut(String text) {
    return text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + "…" : text;
  }
}
